"""What staff may write into the newsroom's lists, so that a slip is told before it is shown."""

from typing import Any

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

INTERVALS = {"once", "month", "year"}


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
