"""What staff may write into the newsroom's lists, so that a slip is told before it is shown."""

import re
from string import Formatter
from typing import Any

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

INTERVALS = {"once", "month", "year"}
LINK_STARTS = ("{website}/", "{me}/", "https://www.paypal.com/", "https://paypal.me/")
# What may be in an address, and braces.
ADDRESS = re.compile(r"[\w{}/:?&=.,;~+*%#!$'()@-]+", re.ASCII)
LINK_NAMES = {
    *("website", "me", "business", "handle", "amount", "currency", "custom", "title"),
    *("unit", "notify_url", "return_url", "cancel_url", "locale"),
}


def is_code(value: Any) -> bool:
    """An ISO 4217 code, upper case."""
    return isinstance(value, str) and value in list_currencies()


def is_amount(value: Any) -> bool:
    """A positive whole number of minor units; JSON's true is none."""
    return type(value) is int and value > 0


def currency_list(value: Any) -> None:
    """["EUR", "MDL"]. Raises ValidationError."""
    if not isinstance(value, list) or not all(is_code(code) for code in value):
        raise ValidationError(_('Write a list of currency codes: ["EUR", "MDL"].'))


def amounts_by_currency(value: Any) -> None:
    """{"EUR": 100}. Raises ValidationError."""
    if not isinstance(value, dict) or not all(
        is_code(code) and is_amount(amount) for code, amount in value.items()
    ):
        raise ValidationError(_('Write an amount in cents for each currency: {"EUR": 100}.'))


def presets(value: Any) -> None:
    """{"EUR": {"once": [500, 1000]}}. Raises ValidationError."""
    if not isinstance(value, dict) or not all(
        is_code(code) and isinstance(offered, dict) and all(map(is_row, offered.items()))
        for code, offered in value.items()
    ):
        raise ValidationError(
            _('Write amounts in cents for each currency and rhythm: {"EUR": {"once": [500]}}.')
        )


def is_row(row: tuple[Any, Any]) -> bool:
    """A rhythm and its amounts."""
    interval, amounts = row
    return interval in INTERVALS and isinstance(amounts, list) and all(map(is_amount, amounts))


def link_templates(value: Any) -> None:
    """{"month": "https://www.paypal.com/…{amount}…"}. Raises ValidationError."""
    if not isinstance(value, dict) or not all(map(is_link, value.items())):
        raise ValidationError(
            _("Write a PayPal address for each of me, once, month, year, with names in braces.")
        )


def is_link(row: tuple[Any, Any]) -> bool:
    """A rhythm and a template that leads to PayPal and names only what we can fill in."""
    name, template = row
    if name not in {*INTERVALS, "me"} or not isinstance(template, str):
        return False
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return False
    names = {field for _text, field, _spec, _conversion in parts}
    is_plain = not any(spec or conversion for _text, _field, spec, conversion in parts)
    is_address = template.startswith(LINK_STARTS) and ADDRESS.fullmatch(template)
    return bool(is_address) and is_plain and names <= {*LINK_NAMES, None}
