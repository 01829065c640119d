"""What tests of exchange rates share."""

from datetime import UTC, date, datetime
from decimal import Decimal

from donations.rates import operations
from donations.rates.models import ExchangeRate

AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
TODAY = AT.date()


def a_rate(told: str, on: date = TODAY, *, source: str = "ECB", at: datetime = AT) -> ExchangeRate:
    """As people write it: "USD 0.86 EUR"."""
    currency, rate, worth_in = told.split()
    return operations.enter(
        currency=currency, worth_in=worth_in, rate=Decimal(rate), on=on, source=source, at=at
    )
