"""Currencies, conversion into what the account settles in, and fees.

The rates and fees are invented but fixed: a test can work out by hand what it must see.
Amounts are integers of the minor unit; a rate is between major units, as in Stripe's
`exchange_rate`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO_DECIMAL = {
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
    "xof", "xpf",
}  # fmt: skip
THREE_DECIMAL = {
    "bhd", "jod", "kwd", "omr", "tnd",
}  # fmt: skip

EURO_PER_UNIT = {
    code: Decimal(rate)
    for code, rate in {
        "eur": "1", "usd": "0.92", "gbp": "1.17", "ron": "0.2", "mdl": "0.0506", "jpy": "0.006",
        "huf": "0.0025", "uah": "0.022", "chf": "1.05", "pln": "0.23", "czk": "0.04",
        "sek": "0.088", "nok": "0.086", "dkk": "0.134", "bgn": "0.51", "cad": "0.67",
        "aud": "0.6", "mxn": "0.05", "try": "0.025", "gel": "0.34", "krw": "0.00065",
        "ils": "0.25", "inr": "0.01", "brl": "0.16", "nzd": "0.55", "kwd": "3",
    }.items()
}  # fmt: skip

DISPUTE_FEE = 1500


@dataclass(frozen=True)
class Settled:
    """An amount as it reaches the account's balance."""

    amount: int
    currency: str
    rate: Decimal | None


def exponent(currency: str) -> int:
    return 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2


def half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def settle(amount: int, currency: str, settles_in: Collection[str]) -> Settled:
    """Convert to EUR unless the account holds a balance in the currency itself."""
    if currency in settles_in:
        return Settled(amount, currency, None)
    rate = EURO_PER_UNIT[currency]
    euros = Decimal(amount).scaleb(-exponent(currency)) * rate
    return Settled(half_up(euros.scaleb(2)), "eur", rate)


def processing_fee(settled_amount: int) -> int:
    """1.5 % and 25 minor units, the half rounded up."""
    return half_up(Decimal(settled_amount) * Decimal("0.015")) + 25


def plain(amount: int, currency: str) -> str:
    """`12.50 EUR`, `1500 JPY`: for the pages, in no language."""
    digits = exponent(currency)
    return f"{Decimal(amount).scaleb(-digits):.{digits}f} {currency.upper()}"


def share(amount: int, part: int, whole: int) -> int:
    """The part of an amount that falls on a part of a period."""
    return half_up(Decimal(amount) * part / whole)
