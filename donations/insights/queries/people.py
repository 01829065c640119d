"""Regular supporters as people, whatever their currency; and one-off givers who come back."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, Sum

from donations.insights.models import CohortTotal, MovementTotal, RepeatTotal
from donations.insights.queries import spans
from donations.insights.queries.recurring import moved, mrr
from donations.insights.queries.spans import DAY, month_of, months_later
from donations.money import Money

# C6: the mean of the six months before the current one.
MONTHS_OF_CHURN = 6


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Those who began in a month, and how many of them were there at the end of each month since.

    `retained[0]` is the end of the month itself; the last one may be that of a month that goes on.
    """

    month: date
    size: int
    retained: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Repeats:
    """One-off givers of whole months, and those of them who gave more than once."""

    givers: int
    repeated: int
    first: date
    last: date

    @property
    def rate(self) -> Fraction | None:
        """The share of those who came back; None when nobody gave."""
        return Fraction(self.repeated, self.givers) if self.givers else None


def active_supporters(*, on: date) -> int:
    """People with MRR above nothing in any currency at the end of the day (S).

    An agreement that is in nobody's name counts as a person of its own.
    """
    return standing(moved(Q(currency="", on__lte=on)))


def standing(total: dict[str, int]) -> int:
    """How many are there after all this."""
    return total["started"] + total["returned"] - total["stopped"]


def churn_rate(*, first: date, last: date) -> Fraction | None:
    """Stopped in the period / (active at its start + begun in it) (S3), people in any currency.

    Begun are those who started and those who came back, for either can stop again in it.
    """
    before = standing(moved(Q(currency="", on__lt=first)))
    total = moved(Q(currency="", on__range=(first, last)))
    there = before + total["started"] + total["returned"]
    return Fraction(total["stopped"], there) if there else None


def mean_monthly_churn(*, on: date) -> Fraction | None:
    """The mean churn rate of the six whole months before that of `on` (C6), those with anybody."""
    stop = month_of(on)
    start = months_later(stop, -MONTHS_OF_CHURN)
    there = standing(moved(Q(currency="", on__lt=start)))
    begun, stopped = dict[date, int](), dict[date, int]()
    rows = MovementTotal.objects.filter(currency="", on__gte=start, on__lt=stop)
    for row in rows:
        month = month_of(row.on)
        begun[month] = begun.get(month, 0) + row.started + row.returned
        stopped[month] = stopped.get(month, 0) + row.stopped
    known: list[Fraction] = []
    for month in spans.months(start, stop - DAY):
        there += begun.get(month, 0)
        if there:
            known.append(Fraction(stopped.get(month, 0), there))
        there -= stopped.get(month, 0)
    return sum(known, Fraction(0)) / len(known) if known else None


def lifetime_value(*, currency: str, on: date) -> Money | None:
    """MRR per supporter / mean monthly churn of the six months before (C6).

    None when nobody stopped, for then it has no bound, or nobody is there. Rounded half up.
    """
    now, churn = mrr(currency=currency, on=on), mean_monthly_churn(on=on)
    if not churn or now.supporters <= 0:
        return None
    value = Fraction(now.money.minor, now.supporters) / churn
    return Money(int(value + Fraction(1, 2)), currency)


def cohorts(*, months: int = 12, on: date) -> list[Cohort]:
    """By the month of the first MRR in any currency; who comes back counts in that one again (S4).

    Retained = those of the cohort with MRR at the end of a month.
    """
    newest = month_of(on)
    oldest = months_later(newest, 1 - months)
    rows = CohortTotal.objects.filter(cohort__range=(oldest, newest), month__lte=newest)
    changes: dict[date, dict[date, int]] = {}
    sizes: dict[date, int] = {}
    for row in rows:
        change = row.started + row.returned - row.stopped
        changes.setdefault(row.cohort, {})[row.month] = change
        sizes[row.cohort] = sizes.get(row.cohort, 0) + row.started
    found, month = [], oldest
    while month <= newest:
        found.append(one_cohort(month, newest, sizes.get(month, 0), changes.get(month, {})))
        month = months_later(month, 1)
    return found


def one_cohort(month: date, newest: date, size: int, changes: dict[date, int]) -> Cohort:
    """Running forward, month by month."""
    retained, there, end = [], 0, month
    while end <= newest:
        there += changes.get(end, 0)
        retained.append(there)
        end = months_later(end, 1)
    return Cohort(month=month, size=size, retained=tuple(retained))


def repeat_rate(*, currency: str, first: date, last: date) -> Repeats:
    """Of those who gave one-off in the period, who had done so before or did so twice in it.

    The period is taken in whole months; gifts of nobody known are left out.
    """
    start, stop = month_of(first), month_of(last)
    mine = RepeatTotal.objects.filter(currency=currency, month__range=(start, stop))
    never, earlier = Q(previous=None), Q(previous__lt=start)
    total = mine.aggregate(
        givers=Sum("people", filter=never | earlier),
        known=Sum("people", filter=earlier),
        at_once=Sum("at_once", filter=never),
        second=Sum("second", filter=Q(previous__gte=start)),
    )
    known = {name: value or 0 for name, value in total.items()}
    return Repeats(
        givers=known["givers"],
        repeated=known["known"] + known["at_once"] + known["second"],
        first=start,
        last=months_later(stop, 1) - DAY,
    )
