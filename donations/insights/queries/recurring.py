"""Monthly recurring revenue and its movements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum

from donations.insights.models import MovementTotal
from donations.insights.queries.spans import months
from donations.money import Money

AMOUNTS = ("new", "expansion", "contraction", "churned", "reactivation")
PEOPLE = ("started", "stopped", "returned")
SUMS: dict[str, Any] = {f"sum_{name}": Sum(F(f"{name}_minor")) for name in AMOUNTS}
SUMS |= {f"sum_{name}": Sum(name) for name in PEOPLE}


@dataclass(frozen=True, kw_only=True)
class Mrr:
    """Monthly recurring revenue at the end of a day, and how many people it comes from."""

    money: Money
    supporters: int


@dataclass(frozen=True, kw_only=True)
class Movements:
    """What moved MRR in a period, in minor units, each positive.

    `end` is kept nowhere: start + new + expansion + reactivation - contraction - churned (S, C2).
    `started`, `stopped` and `returned` are people in this currency, not amounts.
    """

    currency: str
    start: int
    new: int = 0
    expansion: int = 0
    contraction: int = 0
    churned: int = 0
    reactivation: int = 0
    started: int = 0
    stopped: int = 0
    returned: int = 0

    @property
    def end(self) -> int:
        """MRR at the end of the period."""
        up = self.new + self.expansion + self.reactivation
        return self.start + up - self.contraction - self.churned

    @property
    def churned_people(self) -> int:
        """Who stopped."""
        return self.stopped

    @property
    def reactivated_people(self) -> int:
        """Who came back."""
        return self.returned


def mrr(*, currency: str, on: date) -> Mrr:
    """Sum over agreements that are active or past due of their amount per month (S).

    A year's amount counts by a twelfth, rounded half up for each agreement. Paused, incomplete and
    canceled ones count nothing, nor do those whose rhythm is not known. Fees and refunds change
    nothing; currencies are never converted.
    """
    total = moved(Q(currency=currency, on__lte=on))
    return Mrr(
        money=Money(net(total), currency),
        supporters=total["started"] + total["returned"] - total["stopped"],
    )


def movements(*, currency: str, first: date, last: date) -> Movements:
    """New: MRR of people who never had any in this currency before. Reactivation: of those who had.

    Expansion and contraction: what people who have some give more or less, a second agreement
    included. Churned: MRR of people who have none left (C2). By the end of each day, so what begins
    and ends on one day moves nothing.
    """
    start = net(moved(Q(currency=currency, on__lt=first)))
    total = moved(Q(currency=currency, on__range=(first, last)))
    return Movements(currency=currency, start=start, **total)


def movements_in_each(*, first: date, last: date) -> dict[str, Movements]:
    """The same in every currency in which there was an agreement by then: not added up."""
    starts = moved_in_each(Q(on__lt=first))
    totals = moved_in_each(Q(on__range=(first, last)))
    found = {}
    for code in sorted({*starts, *totals}):
        start = net(starts.get(code, nothing()))
        found[code] = Movements(currency=code, start=start, **totals.get(code, nothing()))
    return found


def movements_by_month(*, currency: str, first: date, last: date) -> list[tuple[date, Movements]]:
    """The same for each month that has a day in the period, whole; each starts where one ended."""
    each = list(months(first, last))
    if not each:
        return []
    by_month: dict[date, dict[str, int]] = {month: nothing() for month in each}
    rows = MovementTotal.objects.filter(currency=currency, on__gte=each[0])
    for row in rows.values("on", *(f"{name}_minor" for name in AMOUNTS), *PEOPLE):
        total = by_month.get(row["on"].replace(day=1))
        if total is not None:
            for name in AMOUNTS:
                total[name] += row[f"{name}_minor"]
            for name in PEOPLE:
                total[name] += row[name]
    start = net(moved(Q(currency=currency, on__lt=each[0])))
    found = []
    for month in each:
        one = Movements(currency=currency, start=start, **by_month[month])
        found.append((month, one))
        start = one.end
    return found


def nothing() -> dict[str, int]:
    """No movement."""
    return dict.fromkeys((*AMOUNTS, *PEOPLE), 0)


def moved(which: Q) -> dict[str, int]:
    """The sums of these days."""
    return named(MovementTotal.objects.filter(which).aggregate(**SUMS))


def moved_in_each(which: Q) -> dict[str, dict[str, int]]:
    """The same by currency. What counts people in any of them has none, and is left out."""
    rows = MovementTotal.objects.filter(which).exclude(currency="").values("currency")
    return {row["currency"]: named(row) for row in rows.annotate(**SUMS).order_by()}


def named(row: Mapping[str, Any]) -> dict[str, int]:
    """Sums by what they are of."""
    return {name.removeprefix("sum_"): row[name] or 0 for name in SUMS}


def net(total: dict[str, int]) -> int:
    """What these movements come to."""
    up = total["new"] + total["expansion"] + total["reactivation"]
    return up - total["contraction"] - total["churned"]
