"""Turning the pages of a long list: as fast on the last as on the first.

A page begins after the last row of the one before it, named by what the list is ordered by, so the
database goes straight there. Nothing is skipped over and nothing is counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Literal, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    DateTimeField,
    F,
    Func,
    Model,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils.functional import Promise

Way = Literal["first", "after", "before", "last"]
Kind = Literal["moment", "number", "words"]
Row = TypeVar("Row", bound=Model)

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
PAIR = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)
EVERY = Q()
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class Beyond(Func):
    """`(a, b) < (x, y)`: compared as a whole, so that an index on both leads there."""

    output_field = BooleanField()

    def __init__(self, columns: Sequence[Combinable], values: Sequence[Any], sign: str) -> None:
        super().__init__(*columns, *values)
        self.sign, self.half = sign, len(columns)

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """Both sides as rows."""
        made = [compiler.compile(each) for each in self.get_source_expressions()]
        left, right = (
            ", ".join(sql for sql, _values in side)
            for side in (made[: self.half], made[self.half :])
        )
        values = tuple(value for _sql, each in made for value in each)
        return f"({left}) {self.sign} ({right})", values


@dataclass(frozen=True, kw_only=True)
class Sort:
    """An order of a list: by something, then by the row's own number, both in one direction.

    What words are sorted by is looked up when the page is turned, so that no name stands in an
    address; moments and numbers are in the key itself, for they may change meanwhile.
    """

    name: str
    words: Promise | str
    by: Combinable
    number: str = "pk"
    kind: Kind = "moment"
    is_down: bool = True
    needs: Q = EVERY
    # Whether rows without it are no part of the list.
    leaves_out: bool = False

    def ordered(self, rows: QuerySet[Row], *, backwards: bool = False) -> QuerySet[Row]:
        """All of them in this order, each with what it is sorted by as `sorted_by`."""
        is_down = self.is_down != backwards
        order = [
            each.desc() if is_down else each.asc() for each in (F("sorted_by"), F(self.number))
        ]
        found: QuerySet[Any] = rows.filter(self.needs).annotate(sorted_by=self.by)
        return found.order_by(*order)

    def beyond(self, key: str, rows: QuerySet[Row], *, backwards: bool = False) -> Q | None:
        """Which rows come after the key; None when it leads nowhere."""
        values = self.read(key, rows)
        return None if values is None else self.past(values, backwards=backwards)

    def past(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """Which rows come after such a row."""
        sign = "<" if self.is_down != backwards else ">"
        return Q(Beyond([F("sorted_by"), F(self.number)], values, sign))

    def read(self, key: str, rows: QuerySet[Row]) -> list[Any] | None:
        """The two values that a key stands for."""
        if self.kind == "words":
            return self.looked_up(key, rows)
        if (pair := PAIR.fullmatch(key)) is None:
            return None
        first, number = int(pair[1]), int(pair[2])
        if self.kind == "number":
            return [Value(first), Value(number)]
        try:
            moment = BEGIN + timedelta(microseconds=first)
        except OverflowError:
            return None
        return [Value(moment, DateTimeField()), Value(number)]

    def looked_up(self, key: str, rows: QuerySet[Row]) -> list[Any] | None:
        """What the row with this number is sorted by."""
        if not NUMBER.fullmatch(key):
            return None
        every = rows.model._default_manager.annotate(sorted_by=self.by)  # noqa: SLF001
        found = every.filter(pk=int(key)).values_list("sorted_by", "pk").first()
        return None if found is None else [Value(found[0]), Value(found[1])]

    def key(self, row: Model) -> str:
        """Names the row's place in this order."""
        value = row.sorted_by  # type: ignore[attr-defined]
        if self.kind == "words":
            return str(row.pk)
        if self.kind == "moment":
            value = (value - BEGIN) // timedelta(microseconds=1)
        return f"{value}-{row.pk}"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a list: at an end, or beside a key."""

    way: Way = "first"
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Cut(Generic[Row]):
    """A page of a list, and the keys of the pages beside it; blank where there is none."""

    rows: Sequence[Row]
    before: str
    after: str


def cut(rows: QuerySet[Row], sort: Sort, place: Place, size: int) -> Cut[Row]:
    """The rows at a place. A key behind which there is nothing leads to the beginning."""
    backwards = place.way in ("before", "last")
    ordered = sort.ordered(rows, backwards=backwards)
    limit = None
    if place.way in ("after", "before"):
        limit = sort.beyond(place.key, rows, backwards=backwards)
        if limit is None:
            return cut(rows, sort, Place(), size)
        ordered = ordered.filter(limit)
    found = list(ordered[: size + 1])
    goes_on, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return (
            Cut(rows=[], before="", after="") if limit is None else cut(rows, sort, Place(), size)
        )
    has_more = (limit is not None, goes_on) if not backwards else (goes_on, limit is not None)
    ends = (sort.key(found[0]), sort.key(found[-1]))
    before, after = (key if more else "" for key, more in zip(ends, has_more, strict=True))
    return Cut(rows=found, before=before, after=after)


def chunks(rows: QuerySet[Row], sort: Sort, size: int) -> Iterator[Sequence[Row]]:
    """The whole list, so many rows at a time, each chunk as it is at its moment."""
    ordered = sort.ordered(rows)
    found = list(ordered[:size])
    while found:
        yield found
        if len(found) < size:
            return
        last: Any = found[-1]
        found = list(ordered.filter(sort.past([Value(last.sorted_by), Value(last.pk)]))[:size])
