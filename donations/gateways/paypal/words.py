"""PayPal's words and ours. Source: PayPal, "IPN and PDT variables", "Currency codes"."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from donations.gateways.events import DisputeStatus
from donations.money import Money, exponent

NAME = "paypal"
CURRENCIES = frozenset(
    (
        *("AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY"),
        *("MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD"),
    )
)
WHOLE_UNITS = frozenset(("HUF", "JPY", "TWD"))
LOCALES = MappingProxyType({"en": "en_GB", "ro": "ro_RO", "ru": "ru_RU"})
UNITS = MappingProxyType({"month": "M", "year": "Y"})
AMOUNT = re.compile(r"-?\d{1,12}(?:\.\d{1,4})?", re.ASCII)

Outcome = Literal["money", "back", "taken", "returned"]
# What a `payment_status` means for the books. Pending, Processed, Created, In-Progress, Denied,
# Failed, Expired and Voided are no money, and a link that was not paid can be paid again: they
# change nothing, and neither does a word that PayPal may invent.
OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        "Completed": "money",
        "Refunded": "back",
        "Partially_Refunded": "back",
        "Reversed": "taken",
        "Canceled_Reversal": "returned",
    }
)
Interval = Literal["month", "year", "other"]
# `period3` of a link's subscription, `payment_cycle` of a newer profile.
INTERVALS: Mapping[str, Interval] = MappingProxyType(
    {
        "1 M": "month",
        "Monthly": "month",
        "every 1 Months": "month",
        "1 Y": "year",
        "12 M": "year",
        "Yearly": "year",
        "every 12 Months": "year",
        "every 1 Years": "year",
    }
)
# A dispute is talked about first; a complaint (a claim) and a chargeback hold money.
CASES: Mapping[str, DisputeStatus] = MappingProxyType(
    {"dispute": "inquiry", "complaint": "open", "chargeback": "open"}
)


def money_of(text: str, currency: str) -> Money:
    """An amount as PayPal writes it, a point before the decimals. Raises ValueError."""
    if not AMOUNT.fullmatch(text) or not re.fullmatch(r"[A-Z]{3}", currency, re.ASCII):
        raise ValueError(f"not an amount: {text[:20]!r} {currency[:5]!r}")
    scaled = Decimal(text).scaleb(exponent(currency))
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{currency} has no such decimals: {text}")
    return Money(int(scaled), currency)


def amount_text(money: Money) -> str:
    """An amount as PayPal reads it: 10.00, 1500; blank when it has no such decimals."""
    text = f"{money.decimal:.{exponent(money.currency)}f}"
    if money.currency in WHOLE_UNITS:
        whole, _point, rest = text.partition(".")
        return "" if rest.strip("0") else whole
    return text
