"""INSERT … SELECT of what the ORM can say, on any database."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateField, Model, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

Rows = QuerySet[Any, Any]


def zone_name() -> str:
    """The newsroom's."""
    return str(settings.TIME_ZONE)


def day(field: str) -> TruncDate:
    """The day of a moment in the newsroom's time zone."""
    return TruncDate(field, tzinfo=timezone.get_default_timezone())


def month(field: str) -> TruncMonth:
    """The first day of its month."""
    zone = timezone.get_default_timezone()
    return TruncMonth(field, output_field=DateField(), tzinfo=zone)


def clear(rows: Rows) -> None:
    """Remove totals; nothing hangs on them."""
    rows._raw_delete(rows.db)  # noqa: SLF001 - no row is looked at


def insert(
    model: type[Model],
    *,
    columns: Mapping[str, str],
    select: str,
    values: Sequence[Any],
    before: str = "",
) -> None:
    """Write what a SELECT finds; its WITH may stand `before` it.

    The statement is ours alone: what comes from outside is in `values`.
    """
    quote = connection.ops.quote_name
    into = ", ".join(quote(name) for name in columns)
    what = ", ".join(columns.values())
    table = quote(model._meta.db_table)  # noqa: SLF001  public by Django's docs
    with connection.cursor() as cursor:
        cursor.execute(f"{before} INSERT INTO {table} ({into}) SELECT {what} FROM {select}", values)  # noqa: S608


def union(parts: Sequence[Rows]) -> tuple[str, list[Any]]:
    """These rows one after another, as a table for FROM. Their columns are those of the first."""
    compiled = [part.order_by().query.sql_with_params() for part in parts]
    text = " UNION ALL ".join(sql for sql, _values in compiled)
    return f"({text}) moves", [value for _sql, values in compiled for value in values]
