"""Amounts: integers in a currency's minor unit, with the currency beside them.

Exponents and formats come from CLDR through Babel; nothing here knows a float.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_precision,
    get_currency_symbol,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The largest amount that Stripe takes: 99,999,999 minor units (Stripe, "Currencies").
MAX_MINOR = 99_999_999
SPACES = re.compile(r"[\s\u00a0\u202f']")
AMOUNT = re.compile(r"\d{1,12}(?:[.,](?P<fraction>\d+))?", re.ASCII)


@dataclass(frozen=True)
class Money:
    """`minor` units (cents, bani, whole yen) of one ISO 4217 `currency`, upper case."""

    minor: int
    currency: str

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @property
    def is_round(self) -> bool:
        """Whether nothing stands after the decimal mark."""
        return not self.minor % 10 ** exponent(self.currency)

    def negated(self) -> "Money":
        """The same amount the other way."""
        return Money(-self.minor, self.currency)


@lru_cache(maxsize=300)
def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217 through CLDR): EUR 2, JPY 0."""
    return get_currency_precision(currency)


def parse_amount(text: str, currency: str) -> Money:
    """What a reader typed, in major units, as Money.

    A comma and a point both mark decimals and neither groups thousands, so nothing is guessed.
    Raises ValidationError with a code: `unreadable`, `decimals`, `zero`, `large`.
    """
    typed = SPACES.sub("", text.strip())
    if typed.startswith("-"):
        raise ValidationError(_("Enter an amount above zero."), code="zero")
    match = AMOUNT.fullmatch(typed)
    if match is None:
        raise ValidationError(
            _("Enter the amount in figures, for example %(example)s."),
            code="unreadable",
            params={"example": "10" if exponent(currency) == 0 else "10.50"},
        )
    digits = exponent(currency)
    if len(match["fraction"] or "") > digits:
        raise ValidationError(too_many_decimals(digits), code="decimals")
    minor = int(Decimal(typed.replace(",", ".")).scaleb(digits))
    if minor == 0:
        raise ValidationError(_("Enter an amount above zero."), code="zero")
    return Money(minor, currency)


def too_many_decimals(digits: int) -> str:
    """What to do about an amount with more decimals than its currency has."""
    if digits == 0:
        return _("This currency has no decimals: enter a whole number.")
    return _("Use at most two decimals, and no separator between thousands.")


def format_money(money: Money, locale: str) -> str:
    """As the language writes it, without decimals when there are none: 10 €, 10,50 €, MDL 200."""
    pattern = pattern_for(symbol(money.currency, locale), locale)
    if money.is_round:
        pattern = pattern.replace(".00", "")
        return format_currency(
            money.decimal, money.currency, pattern, locale=locale, currency_digits=False
        )
    return format_currency(money.decimal, money.currency, pattern, locale=locale)


def format_exactly(money: Money, locale: str) -> str:
    """With every decimal of the currency and its ISO code, as on a receipt: 10,00 EUR."""
    pattern = pattern_for(money.currency, locale).replace("¤", "¤¤")
    return format_currency(money.decimal, money.currency, pattern, locale=locale)


def as_typed(money: Money, locale: str) -> str:
    """As one types it into a field in this language, for `parse_amount` to read: 50, 10,50."""
    pattern = "0" if money.is_round else f"0.{'0' * exponent(money.currency)}"
    return format_decimal(money.decimal, pattern, locale=locale)


def pattern_for(sign: str, locale: str) -> str:
    """The language's pattern; letters stand apart from figures (CLDR, alphaNextToNumber)."""
    pattern: str = Locale.parse(locale).currency_formats["standard"].pattern
    if sign[-1].isalpha() and pattern.startswith("¤#"):
        return pattern.replace("¤#", "¤\u00a0#")
    return pattern


def symbol(currency: str, locale: str) -> str:
    """The sign beside an amount field: €, $, MDL."""
    return get_currency_symbol(currency, locale=locale)
