"""A rate as it is typed and shown: a Decimal with at most eight decimals, never a float."""

import re
from decimal import Decimal

from babel.numbers import format_decimal
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DECIMALS = 8
# More units of the weakest currency than one of the strongest has ever been worth.
MOST = Decimal(10) ** 8
SPACES = re.compile(r"[\s\u00a0\u202f']")
TYPED = re.compile(r"\d{1,20}(?:[.,](?P<fraction>\d{1,40}))?", re.ASCII)


def parse_rate(text: str) -> Decimal:
    """What a colleague typed; a comma and a point both mark decimals, as in amounts.

    Raises ValidationError with a code: `unreadable`, `decimals`, `zero`, `large`.
    """
    typed = SPACES.sub("", text.strip())
    match = TYPED.fullmatch(typed)
    if match is None:
        raise ValidationError(_("Enter the rate in figures, for example 0.92."), code="unreadable")
    if len((match["fraction"] or "").rstrip("0")) > DECIMALS:
        raise ValidationError(_("Use at most eight decimals."), code="decimals")
    rate = Decimal(typed.replace(",", "."))
    if not rate:
        raise ValidationError(_("Enter a rate above zero."), code="zero")
    if rate >= MOST:
        raise ValidationError(_("This rate is too large to be true."), code="large")
    return rate


def figure(rate: Decimal) -> str:
    """Plainly, without zeros at the end: 0.86."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_rate(rate: Decimal, locale: str) -> str:
    """With every decimal that it has, as the language writes it: 0.86, 0,86."""
    return format_decimal(rate, "#,##0.########", locale=locale)
