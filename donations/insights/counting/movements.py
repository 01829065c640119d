"""Movements of recurring support: derived again for whoever changed, added up by day and cohort.

Only what differs is written, so a renewal, which changes nothing, costs a look.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Abs, Coalesce, TruncMonth
from django.utils import timezone

from donations.giving.models import Reading, Subscription
from donations.insights.counting.deriving import Agreement, Moved, Told, movements
from donations.insights.counting.sql import clear, insert, union
from donations.insights.models import CohortTotal, Movement, MovementTotal

# Numbers of supporters in one go when everything is counted.
RANGE = 5_000
Kind = Movement.Kind


class Row(NamedTuple):
    """A movement as it is stored."""

    supporter: int | None
    agreement: int | None
    currency: str
    on: date
    kind: str
    delta: int
    after: int
    cohort: date


COLUMNS = (
    "supporter_id", "agreement_id", "currency", "on", "kind", "delta_minor", "after_minor",
    "cohort",
)  # fmt: skip
READ = ("subscription_id", "told_at", "status", "amount_minor", "currency", "interval", "is_guess")


def count_people(*, supporters: Collection[int], agreements: Collection[int]) -> None:
    """Derive the movements of these again, and count the days on which they are others now."""
    stored = Movement.objects.filter(Q(supporter__in=supporters) | Q(agreement__in=agreements))
    known = {Row(*values): pk for pk, *values in stored.values_list("pk", *COLUMNS)}
    mine = Q(supporter__in=supporters) | Q(pk__in=agreements, supporter=None)
    found = set(derived(Subscription.objects.filter(mine)))
    Movement.objects.filter(pk__in=[known[row] for row in known.keys() - found]).delete()
    write(found - known.keys())
    changed = found ^ known.keys()
    count_days({row.on for row in changed})
    count_months({row.on.replace(day=1) for row in changed if not row.currency})


def count_all() -> None:
    """Everybody's, a range of people at a time, and then every total."""
    for model in (Movement, MovementTotal, CohortTotal):
        clear(model.objects.all())
    for some in ranges():
        write(derived(some))
    write_totals(Movement.objects.all())
    write_cohorts(Movement.objects.all())


def ranges() -> Iterator[QuerySet[Subscription]]:
    """All agreements, those of one person together."""
    of_somebody = Subscription.objects.filter(supporter__isnull=False)
    of_nobody = Subscription.objects.filter(supporter=None)
    for rows, field in ((of_somebody, "supporter_id"), (of_nobody, "pk")):
        last = rows.aggregate(last=Max(field))["last"] or 0
        for low in range(0, last, RANGE):
            yield rows.filter(**{f"{field}__gt": low, f"{field}__lte": low + RANGE})


def derived(agreements: QuerySet[Subscription]) -> Iterator[Row]:
    """The movements of the people of these agreements, which are all that each of them has."""
    told: dict[int, list[Told]] = {}
    readings = Reading.objects.filter(subscription__in=agreements).order_by()
    for key, *values in readings.values_list(*READ).iterator(chunk_size=5000):
        told.setdefault(key, []).append(Told(*values))
    people: dict[tuple[int | None, int | None], list[Agreement]] = {}
    for each in agreements.order_by("pk").iterator(chunk_size=5000):
        person = (each.supporter_id, None if each.supporter_id else each.pk)
        people.setdefault(person, []).append(agreement(each, told.get(each.pk)))
    zone = timezone.get_default_timezone()
    for (supporter, nobody), theirs in people.items():
        moved = movements(theirs, zone)
        for one in moved:
            yield row_of(one, supporter, nobody, cohort=moved[0].on.replace(day=1))


def agreement(row: Subscription, told: list[Told] | None) -> Agreement:
    """An agreement; what was told before readings were kept is what the row says."""
    known = told or [
        Told(row.observed_at, row.status, row.amount_minor, row.currency, row.interval)
    ]
    return Agreement(
        created_at=row.created_at,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        interval=row.interval,
        told=known,
    )


def row_of(one: Moved, supporter: int | None, nobody: int | None, *, cohort: date) -> Row:
    """A movement of a person."""
    return Row(supporter, nobody, one.currency, one.on, str(one.kind), one.delta, one.after, cohort)


def write(rows: Iterable[Row]) -> None:
    """Store these."""
    Movement.objects.bulk_create(
        (Movement(**dict(zip(COLUMNS, row, strict=True))) for row in rows), batch_size=2000
    )


def count_days(days: Collection[date]) -> None:
    """The totals of these days."""
    if days:
        MovementTotal.objects.filter(on__in=days).delete()
        write_totals(Movement.objects.filter(on__in=days))


def write_totals(rows: QuerySet[Movement]) -> None:
    """Movements by day and currency."""

    def amount(kind: str) -> Coalesce:
        return Coalesce(Sum(Abs("delta_minor"), filter=Q(kind=kind)), Value(0))

    sums: dict[str, Any] = {f"n_{kind}": amount(kind) for kind in Kind.values}
    sums |= {f"n_{name}": Count("pk", filter=Q(kind=kind)) for name, kind in PEOPLE}
    grouped = rows.annotate(day=F("on"), unit=F("currency")).values("day", "unit").order_by()
    select, values = union([grouped.annotate(**sums).values_list("day", "unit", *sums)])
    columns = {"on": "day", "currency": "unit"}
    columns |= {f"{kind}_minor": f"n_{kind}" for kind in Kind.values}
    columns |= {name: f"n_{name}" for name, _kind in PEOPLE}
    insert(MovementTotal, columns=columns, select=select, values=values)


PEOPLE = (("started", Kind.NEW), ("stopped", Kind.CHURNED), ("returned", Kind.REACTIVATION))


def count_months(months: Collection[date]) -> None:
    """What these months did to every cohort."""
    for month in sorted(months):
        CohortTotal.objects.filter(month=month).delete()
        write_cohorts(Movement.objects.filter(on__year=month.year, on__month=month.month))


def write_cohorts(rows: QuerySet[Movement]) -> None:
    """People who began, stopped and came back, by cohort and month."""
    month = TruncMonth("on", output_field=DateField())
    people = rows.filter(currency="").annotate(began=F("cohort"), month=month)
    grouped = people.values("began", "month").order_by()
    sums = {f"n_{name}": Count("pk", filter=Q(kind=kind)) for name, kind in PEOPLE}
    select, values = union([grouped.annotate(**sums).values_list("began", "month", *sums)])
    columns = {"cohort": "began", "month": "month"} | {name: f"n_{name}" for name, _ in PEOPLE}
    insert(CohortTotal, columns=columns, select=select, values=values)
