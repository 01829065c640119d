"""Entering a rate, and withdrawing one that was wrong."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction

from donations.rates.figures import DECIMALS, MOST
from donations.rates.models import ExchangeRate
from donations.rates.queries import standing
from donations.recounts.operations import day_of


class NotYet(Exception):
    """The day that a rate is to hold for has not come."""


class NoRate(Exception):
    """It is not above zero, too large, or has more decimals than are kept."""


class AlreadyEntered(Exception):
    """There is a rate of the same two currencies for this day; it is withdrawn first."""

    def __init__(self, rate: ExchangeRate) -> None:
        super().__init__(str(rate))
        self.rate = rate


def enter(
    *, currency: str, worth_in: str, rate: Decimal, on: date, source: str, at: datetime
) -> ExchangeRate:
    """Keep what one unit of a currency was worth in another on a day.

    Raises AlreadyEntered, also for the very same one a second time; NotYet; NoRate.
    """
    if on > day_of(at):
        raise NotYet(str(on))
    if not rate.is_finite() or not 0 < rate < MOST:
        raise NoRate(str(rate))
    scaled = Fraction(rate) * 10**DECIMALS
    if scaled.denominator != 1:
        raise NoRate(str(rate))
    try:
        with transaction.atomic():
            return ExchangeRate.objects.create(
                currency=currency,
                worth_in=worth_in,
                hundred_millionths=int(scaled),
                on=on,
                source=source,
                entered_at=at,
            )
    except IntegrityError:
        found = standing().filter(currency=currency, worth_in=worth_in, on=on).first()
        if found is None:
            raise
        raise AlreadyEntered(found) from None


def withdraw(*, rate: ExchangeRate, at: datetime) -> bool:
    """It was wrong: it stays readable, marked, and counts no more. False when it did not before."""
    return rate.mark_withdrawn(at=at)
