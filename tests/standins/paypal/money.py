"""Amounts as PayPal writes them, and the fees that it keeps."""

import re
from decimal import ROUND_HALF_UP, Decimal

_CODES = (
    "AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD"
)
CURRENCIES = frozenset(_CODES.split())
# A decimal part is an error.
WHOLE = frozenset(("HUF", "JPY", "TWD"))
_AMOUNT = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)
_SHARE = {"USD": "0.029", "GBP": "0.029", "JPY": "0.036", "PLN": "0.0315"}
_FIXED = {"USD": "0.49", "GBP": "0.30", "JPY": "40", "PLN": "1.35", "HUF": "90", "TWD": "10"}


def unit(currency: str) -> Decimal:
    """The smallest amount."""
    return Decimal(1) if currency in WHOLE else Decimal("0.01")


def rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(unit(currency), ROUND_HALF_UP)


def parse(text: str, currency: str) -> Decimal:
    """An amount as links and forms carry it; ValueError says what PayPal dislikes."""
    if currency not in CURRENCIES:
        raise ValueError(f"PayPal does not support the currency {currency}.")
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount such as 25 or 12.50.")
    if currency in WHOLE and "." in text:
        raise ValueError(f"{currency} has no decimals.")
    if not Decimal(text):
        raise ValueError("The amount has to be more than zero.")
    return rounded(Decimal(text), currency)


def fixed_fee(currency: str) -> Decimal:
    """The part of the fee that a refund does not give back."""
    return Decimal(_FIXED.get(currency, "0.35"))


def fee_of(amount: Decimal, currency: str) -> Decimal:
    """A share and a fixed part, never more than the amount."""
    share = rounded(amount * Decimal(_SHARE.get(currency, "0.034")), currency)
    return min(share + fixed_fee(currency), amount)


def fee_back(fee: Decimal, part: Decimal, whole: Decimal, currency: str) -> Decimal:
    """What a refund of `part` gives back of the fee."""
    return rounded(max(fee - fixed_fee(currency), Decimal(0)) * part / whole, currency)


def grouped(amount: Decimal) -> str:
    """As the activity file has it: 1,234.56."""
    return f"{amount:,}"
