"""Writing the list: one row for each candidate, by the database itself, a range at a time.

The books have to balance: as many rows as candidates were counted, or nothing goes out.
"""

from collections import Counter
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Case, Count, DateTimeField, IntegerField, Max, Min, Q, Value, When

from donations.broadcasts.audience import candidates, section_of
from donations.broadcasts.models import Broadcast, Delivery
from donations.outbox.models.sending import State
from donations.supporters.models import Supporter

# Supporters' numbers in one statement: a few seconds at most.
RANGE = 50_000
TRIES = 3
COLUMNS = (
    "broadcast_id", "supporter_id", "section_id", "email", "name", "language",
    "asked_at", "asked_for_every", "state", "reason", "attempts", "resends",
    "next_attempt_at", "error",
)  # fmt: skip


class BooksDoNotBalance(Exception):
    """As many rows as candidates could not be written."""


@transaction.atomic(durable=True)
def freeze_range(*, broadcast_id: int, at: datetime, size: int = RANGE) -> bool:
    """Write the next range of the list; True while there is more of it.

    Another worker that writes the list, or a state that is no longer `freezing`, ends it here.
    Raises BooksDoNotBalance, and then nothing of the range is written.
    """
    alive = Broadcast.objects.filter(pk=broadcast_id, state=Broadcast.State.FREEZING)
    broadcast = alive.select_for_update(skip_locked=True, of=("self",)).first()
    if broadcast is None:
        return False
    last = last_number()
    if broadcast.frozen_through >= last:
        return False
    low = max(broadcast.frozen_through, first_number() - 1)
    high = min(low + size, last)
    broadcast.candidate_count += written(broadcast, low, high, at)
    broadcast.frozen_through = high
    broadcast.save(update_fields=["candidate_count", "frozen_through"])
    return high < last


def written(broadcast: Broadcast, low: int, high: int, at: datetime) -> int:
    """Write the rows of the supporters above `low` up to `high`; how many candidates there are.

    Somebody may begin or stop following between the two questions: then both are asked again.
    """
    chosen = Q(pk__gt=low, pk__lte=high)
    for _try in range(TRIES):
        point = transaction.savepoint()
        rows = insert(broadcast, chosen, at)
        counted = candidates(broadcast).filter(chosen).count()
        if rows == counted:
            transaction.savepoint_commit(point)
            return counted
        transaction.savepoint_rollback(point)
    raise BooksDoNotBalance(f"{rows} rows for {counted} candidates")


def insert(broadcast: Broadcast, chosen: Q, at: datetime) -> int:
    """One statement; it says how many rows it wrote. A second time writes none."""
    section = section_of(broadcast)
    number, zero, blank = IntegerField(), Value(0, IntegerField()), Value("")
    for_every = Case(When(asked_section=None, then=Value(True)), default=Value(False))
    left_out = Case(When(reason="", then=Value(State.PENDING)), default=Value(State.EXCLUDED))
    selected = candidates(broadcast).filter(chosen).values_list(
        Value(broadcast.pk, number), "pk", Value(section and section.pk, number), "email", "name",
        "asked_language", "asked_at", for_every, left_out, "reason", zero, zero,
        Value(at, DateTimeField()), blank,
    )  # fmt: skip
    select, values = selected.query.sql_with_params()
    table = Delivery._meta.db_table  # noqa: SLF001  public by Django's docs
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(COLUMNS)}) {select} ON CONFLICT DO NOTHING",
            values,
        )
        rows: int = cursor.rowcount
    return rows


def first_number() -> int:
    """Where numbers begin: after years of erasing, or where a database was filled before."""
    first: int | None = Supporter.objects.aggregate(first=Min("pk"))["first"]
    return first or 1


def last_number() -> int:
    """Of all supporters: the list is whole once it has come to this one."""
    last: int | None = Supporter.objects.aggregate(last=Max("pk"))["last"]
    return last or 0


def close(*, broadcast: Broadcast, at: datetime) -> None:
    """Count the list once more as it stands; what does not balance needs a person.

    Nothing happens while another worker still writes it.
    """
    if broadcast.frozen_through < last_number():
        return
    states: Counter[str] = Counter()
    excluded: dict[str, int] = {}
    groups = Delivery.objects.filter(broadcast=broadcast).values_list("state", "reason")
    for state, reason, count in groups.annotate(n=Count("pk")).order_by():
        states[state] += count
        if state == State.EXCLUDED:
            excluded[reason] = count
    recipients = states.total() - states[State.EXCLUDED]
    counts = {"recipient_count": recipients, "excluded": excluded, "changed_at": at}
    freezing = Broadcast.objects.filter(pk=broadcast.pk, frozen_through=broadcast.frozen_through)
    of = (Broadcast.State.FREEZING,)
    if states.total() == broadcast.candidate_count:
        freezing.mark(Broadcast.State.SENDING, of=of, frozen_at=at, **counts)
    else:
        problem = f"The list has {states.total()} rows for {broadcast.candidate_count} candidates."
        freezing.mark(Broadcast.State.NEEDS_REVIEW, of=of, problem=problem, **counts)
