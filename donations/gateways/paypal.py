"""PayPal by links. Source: PayPal, "PayPal.Me" and "Currency codes"."""

import re

from django.conf import settings

from donations.money import Money, exponent

NAME = "paypal"
CURRENCIES = frozenset(
    (
        *("AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY"),
        *("MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD"),
    )
)
WHOLE_UNITS = frozenset(("HUF", "JPY", "TWD"))
HANDLE = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
WEBSITE = "https://www.paypal.com"


def me_link(*, handle: str, money: Money) -> str:
    """The paypal.me address with amount and currency; blank when PayPal cannot take it so."""
    if not HANDLE.fullmatch(handle) or money.currency not in CURRENCIES:
        return ""
    amount = f"{money.decimal:.{exponent(money.currency)}f}"
    whole = amount.removesuffix(".00")
    if money.currency in WHOLE_UNITS and "." in whole:
        return ""
    return f"{me_base()}/{handle}/{whole}{money.currency}"


def me_base() -> str:
    """paypal.me itself, or the same page under another PayPal website (sandbox, stand-in)."""
    if settings.PAYPAL_WEBSITE_URL == WEBSITE:
        return "https://paypal.me"
    return f"{settings.PAYPAL_WEBSITE_URL}/paypalme"
