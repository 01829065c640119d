"""The same figures month by month, in few queries: where they come from, not how they stand now.

A test holds the last month of each against the function that tells it exactly.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import F, Q, Sum

from donations.insights.models import RepeatTotal
from donations.insights.queries.people import MONTHS_OF_CHURN, active_supporters
from donations.insights.queries.recurring import Movements, movements_by_month, mrr
from donations.insights.queries.spans import DAY, months, months_later

Share = Fraction | None


@dataclass(frozen=True, kw_only=True)
class Trends:
    """One value for each month, the oldest first; None where there was nobody to count."""

    active: list[int]
    churn: list[Share]
    lifetime: list[int | None]
    repeat: list[Share]


def trends(*, currency: str, first: date, last: date) -> Trends:
    """People in any currency; lifetime value and repeat rate in this one. Six queries."""
    begin = months_later(first, -MONTHS_OF_CHURN)
    people = [each for _month, each in movements_by_month(currency="", first=begin, last=last)]
    active, churn = standing(people, active_supporters(on=begin - DAY))
    moves = [each for _month, each in movements_by_month(currency=currency, first=first, last=last)]
    givers = mrr(currency=currency, on=first - DAY).supporters
    return Trends(
        active=active[MONTHS_OF_CHURN:],
        churn=churn[MONTHS_OF_CHURN:],
        lifetime=lifetimes(moves, churn, givers),
        repeat=repeats(currency, list(months(first, last))),
    )


def standing(people: list[Movements], there: int) -> tuple[list[int], list[Share]]:
    """How many give regularly at the end of each month, and the share that left in it."""
    active: list[int] = []
    churn: list[Share] = []
    for each in people:
        could_leave = there + each.started + each.returned
        there = could_leave - each.stopped
        active.append(there)
        churn.append(Fraction(each.stopped, could_leave) if could_leave else None)
    return active, churn


def lifetimes(moves: list[Movements], churn: list[Share], givers: int) -> list[int | None]:
    """MRR per supporter / mean churn of the six months before each; None where it has no bound."""
    found: list[int | None] = []
    for place, each in enumerate(moves):
        givers += each.started + each.returned - each.stopped
        known = [rate for rate in churn[place : place + MONTHS_OF_CHURN] if rate is not None]
        mean = sum(known, Fraction(0)) / len(known) if known else Fraction(0)
        has_bound = mean and givers > 0
        found.append(int(Fraction(each.end, givers) / mean + Fraction(1, 2)) if has_bound else None)
    return found


def repeats(currency: str, each_month: list[date]) -> list[Share]:
    """Of the people with a one-off gift in a month, those who had given before or gave twice."""
    rows = RepeatTotal.objects.filter(currency=currency, month__in=each_month).values("month")
    sums = rows.annotate(
        givers=Sum("people"),
        again=Sum("people", filter=Q(previous__lt=F("month")), default=0),
        twice=Sum("at_once", filter=Q(previous=None), default=0),
    )
    rates = {
        row["month"]: Fraction(row["again"] + row["twice"], row["givers"])
        for row in sums
        if row["givers"]
    }
    return [rates.get(month) for month in each_month]
