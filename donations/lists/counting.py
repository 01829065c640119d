"""How many rows a list has, without ever counting millions."""

from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection
from django.db.models import QuerySet

from donations.lists.patience import TooSlow, at_most

MOST = 10_000
PATIENCE_MS = 60
How = Literal["exactly", "about", "over", "unknown"]


@dataclass(frozen=True)
class Count:
    """`over`: more than the number. `unknown`: counting would have taken too long."""

    number: int
    how: How


def count(rows: QuerySet[Any], *, is_everything: bool, most: int = MOST) -> Count:
    """Exactly up to ten thousand; a whole table about, from the database's own statistics."""
    if is_everything and (estimate := of_table(rows)) > most:
        return Count(rounded(estimate), "about")
    try:
        with at_most(PATIENCE_MS):
            number = rows.order_by()[: most + 1].count()
    except TooSlow:
        return Count(0, "unknown")
    return Count(most, "over") if number > most else Count(number, "exactly")


def rounded(number: int) -> int:
    """Three figures: what the statistics are good for."""
    step = int(10 ** max(0, len(str(number)) - 3))
    return round(number / step) * step


def of_table(rows: QuerySet[Any]) -> int:
    """What PostgreSQL believes the table to have, kept by its own upkeep; 0 elsewhere."""
    if connection.vendor != "postgresql":
        return 0
    table = rows.model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [table])
        return int(cursor.fetchone()[0])
