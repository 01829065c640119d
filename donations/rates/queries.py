"""Which rates hold on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from donations.rates.models import ExchangeRate

# After this a rate says too little about the day that it is used for.
OLD_AFTER = timedelta(days=31)
PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What was worth how much `into` one currency on a day: the newest of each, however old."""

    into: str
    on: date
    newest: Mapping[str, ExchangeRate]

    def holding(self, currency: str) -> ExchangeRate | None:
        """The one to reckon with; None when there is none, or none that is new enough."""
        rate = self.newest.get(currency)
        return rate if rate and rate.on >= self.on - OLD_AFTER else None


def standing() -> "QuerySet[ExchangeRate]":
    """Not withdrawn."""
    return ExchangeRate.objects.filter(withdrawn_at=None)


def rates(*, into: str, currencies: Iterable[str], on: date) -> Rates:
    """For each currency the newest that stands and was not of a later day. One query.

    One that was entered the other way round will do where it is newer than the straight one.
    """
    others = sorted({*currencies} - {into})
    pairs = Q(currency__in=others, worth_in=into) | Q(currency=into, worth_in__in=others)
    place = Window(
        RowNumber(), partition_by=[F("currency"), F("worth_in")], order_by=F("on").desc()
    )
    found = standing().filter(pairs, on__lte=on).annotate(place=place)
    newest: dict[str, ExchangeRate] = {}
    for rate in sorted(found.filter(place=1), key=lambda each: (each.on, each.worth_in == into)):
        newest[rate.currency if rate.worth_in == into else rate.worth_in] = rate
    return Rates(into=into, on=on, newest=newest)


def entered(*, before: int | None) -> "QuerySet[ExchangeRate]":
    """All of them, withdrawn ones too, the last entered first: a page and one more."""
    found = ExchangeRate.objects.order_by("-pk")
    return (found.filter(pk__lt=before) if before else found)[: PER_PAGE + 1]
