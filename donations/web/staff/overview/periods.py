"""Which days a look is about: from the address bar, so that it can be sent to a colleague."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from donations.days import format_days, format_month

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
# Nobody was supported through this before.
EARLIEST = date(2000, 1, 1)
MONTHS_SHOWN = 12
LONGEST = timedelta(days=3660)


class NoPeriod(ValueError):
    """What stands in the address is no period that has begun."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included; `end` is when a month that still runs is over."""

    first: date
    last: date
    end: date
    is_month: bool

    @property
    def is_running(self) -> bool:
        """More days of it are to come."""
        return self.last < self.end

    @cached_property
    def before(self) -> "Period":
        """The month before up to the same day, or as many days before."""
        if self.is_month:
            return self.same_days_of(month_of(self.first - timedelta(days=1)))
        length = self.last - self.first + timedelta(days=1)
        last = self.first - timedelta(days=1)
        return Period(first=self.first - length, last=last, end=last, is_month=False)

    @cached_property
    def year_before(self) -> "Period":
        """The same days a year ago."""
        if self.is_month:
            return self.same_days_of(self.first.replace(year=self.first.year - 1))
        first, last = a_year_before(self.first), a_year_before(self.last)
        return Period(first=first, last=last, end=last, is_month=False)

    def same_days_of(self, first: date) -> "Period":
        """Of another month: all of it, or while this one runs as many days of it."""
        end = end_of(first)
        last = min(end, first.replace(day=min(self.last.day, end.day))) if self.is_running else end
        return Period(first=first, last=last, end=end, is_month=True)

    @property
    def months(self) -> tuple[date, date]:
        """For what is shown by month: twelve up to the last, or all of a longer range."""
        first = shifted(self.last, 1 - MONTHS_SHOWN)
        return min(first, month_of(self.first)), self.last

    @property
    def query(self) -> str:
        """As it stands in the address bar."""
        if self.is_month:
            return f"month={self.first:%Y-%m}"
        return f"from={self.first}&to={self.last}"

    def name(self, language: str) -> str:
        """November 2026, or 3 May – 9 Jun 2026."""
        if self.is_month:
            return format_month(self.first, language)
        return format_days(self.first, self.last, language)

    def days(self, language: str) -> str:
        """1–29 Nov 2026: what is counted, to the day."""
        return format_days(self.first, self.last, language)


def month_of(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


def end_of(day: date) -> date:
    """The last of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def shifted(day: date, months: int) -> date:
    """The first of the month that is so many later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def a_year_before(day: date) -> date:
    """The same day of the year before; the last of February stays its last."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def month(first: date, *, today: date) -> Period:
    """The month that begins on that day. Raises NoPeriod before it has begun."""
    if not EARLIEST <= first <= today:
        raise NoPeriod
    end = end_of(first)
    return Period(first=first, last=min(end, today), end=end, is_month=True)


def days(first: date, last: date, *, today: date) -> Period:
    """From one day to another, or to today. Raises NoPeriod when there are none, or too many."""
    last = min(last, today)
    if not EARLIEST <= first <= last or last - first > LONGEST:
        raise NoPeriod
    return Period(first=first, last=last, end=last, is_month=False)


def read(query: Mapping[str, str], *, today: date) -> Period:
    """What the address asks for, else this month. Raises NoPeriod for what cannot be read."""
    if query.get("month"):
        return month(parsed_month(query["month"]), today=today)
    if query.get("from") or query.get("to"):
        first = parsed(query.get("from", ""))
        return days(first, parsed(query["to"]) if query.get("to") else today, today=today)
    return month(month_of(today), today=today)


def parsed(text: str) -> date:
    """2026-11-29. Raises NoPeriod."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoPeriod from None


def parsed_month(text: str) -> date:
    """2026-11. Raises NoPeriod."""
    found = MONTH.fullmatch(text)
    if found is None:
        raise NoPeriod
    return parsed(f"{found[0]}-01")
