"""Proving the totals: all of them counted again beside those that are kept, and compared."""

from collections.abc import Iterator
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Model

from donations.insights.counting.sql import zone_name
from donations.insights.models import (
    CohortTotal,
    DayTotal,
    DueTotal,
    GiftMonth,
    MonthTotal,
    Movement,
    MovementTotal,
    RepeatTotal,
    Standing,
    SupporterTotal,
    Tally,
)
from donations.insights.operations import rebuild, recount_due

TOTALS: tuple[type[Model], ...] = (
    DayTotal, MonthTotal, SupporterTotal, Standing, Movement, MovementTotal, CohortTotal,
    GiftMonth, RepeatTotal, DueTotal,
)  # fmt: skip
# So many sentences about each table.
MOST = 20
TRIES = 5


class _Enough(Exception):
    """All is compared: what was counted for it is thrown away."""


def differences(*, at: datetime) -> list[str]:
    """One sentence for each total that is not what the rows call for. Changes nothing.

    What waits to be counted is no difference. All is seen as it was at one moment; somebody who is
    counting in that moment is waited for, and then it is seen anew.
    """
    for _try in range(TRIES - 1):
        try:
            return _differences(at=at)
        except OperationalError as error:
            if connection.in_atomic_block or "serialize" not in str(error):
                raise
    return _differences(at=at)


def _differences(*, at: datetime) -> list[str]:
    found: list[str] = []
    try:
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            if is_outermost:
                see_one_moment()
            Tally.objects.select_for_update().filter(pk=1).first()
            # In another time zone, or never counted: a recount would be the rebuilding itself.
            if Tally.objects.filter(zone=zone_name()).exists():
                recount_due(at=at, seconds=float("inf"))
            with connection.cursor() as cursor:
                for model in TOTALS:
                    names = columns(model)
                    cursor.execute(
                        f"CREATE TEMPORARY TABLE kept_{table(model)} AS"  # noqa: S608 - ours alone
                        f" SELECT {names} FROM {table(model)}"
                    )
            rebuild(at=at)
            found = [sentence for model in TOTALS for sentence in compared(model)]
            raise _Enough
    except _Enough:
        return found


def see_one_moment() -> None:
    """PostgreSQL would show what is committed meanwhile; SQLite lets nobody write meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def compared(model: type[Model]) -> Iterator[str]:
    """What is kept and should not be, and what should be kept and is not."""
    names, kept, counted = columns(model), f"kept_{table(model)}", table(model)
    for what, one, other in (("kept", kept, counted), ("missing", counted, kept)):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {names} FROM {one} EXCEPT SELECT {names} FROM {other} LIMIT {MOST}"  # noqa: S608
            )
            for row in cursor.fetchall():
                values = ", ".join(
                    f"{name}={value}" for name, value in zip(fields(model), row, strict=True)
                )
                yield f"{model.__name__}: {what}, {values}"


def table(model: type[Model]) -> str:
    """Where it is kept."""
    return model._meta.db_table  # noqa: SLF001  public by Django's docs


def fields(model: type[Model]) -> list[str]:
    """All that a row says, without its number where that means nothing."""
    known = model._meta.concrete_fields  # noqa: SLF001  public by Django's docs
    return [str(field.column) for field in known if field.column != "id"]


def columns(model: type[Model]) -> str:
    """The same for SQL."""
    return ", ".join(connection.ops.quote_name(name) for name in fields(model))
