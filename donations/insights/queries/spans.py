"""Days and months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

DAY = timedelta(days=1)


def today() -> date:
    """Where the newsroom is."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_later(month: date, count: int) -> date:
    """The first day of a month so many months on, or back."""
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


def end_of(month: date) -> date:
    """Its last day."""
    return months_later(month, 1) - DAY


def days(first: date, last: date) -> Iterator[date]:
    """Each day, both included."""
    for number in range((last - first).days + 1):
        yield first + number * DAY


def months(first: date, last: date) -> Iterator[date]:
    """Each month that has a day in it."""
    month = month_of(first)
    while month <= last:
        yield month
        month = months_later(month, 1)


@dataclass(frozen=True, kw_only=True)
class Split:
    """A period as whole months, and the days before and after them."""

    months: tuple[date, date] | None
    days: tuple[tuple[date, date], ...]


def split(first: date, last: date) -> Split:
    """So that years are read as months, and never more than two months as days."""
    start = month_of(first) if first.day == 1 else months_later(first, 1)
    stop = month_of(last + DAY)
    if start >= stop:
        return Split(months=None, days=((first, last),))
    edges = ((first, start - DAY), (stop, last))
    return Split(
        months=(start, months_later(stop, -1)),
        days=tuple(each for each in edges if each[0] <= each[1]),
    )
