"""Dates: 11/20/2026, 20/11/2026 or 20.11.2026, decided for a whole file; times with their zone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from donations.gateways.paypal.activity.opening import ActivityFileRefused

WRITTEN = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([AaPp]\.?[Mm]\.?)?")
OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?")
# PayPal began in 1998.
YEARS = range(1998, 2100)
# An abbreviation says whether it is summer, so it stands for a fixed distance.
HOURS: Mapping[str, int] = {
    **dict.fromkeys(("", "GMT", "UTC", "WET", "Z"), 0),
    **dict.fromkeys(("CET", "MEZ", "BST", "WEST", "IST"), 1),
    **dict.fromkeys(("CEST", "MESZ", "EET"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
    **dict.fromkeys(("PST", "AKDT"), -8),
    **dict.fromkeys(("PDT", "MST"), -7),
    **dict.fromkeys(("MDT", "CST"), -6),
    **dict.fromkeys(("CDT", "EST"), -5),
    "EDT": -4,
    "HKT": 8,
    "SGT": 8,
    "JST": 9,
    "AEST": 10,
    "AEDT": 11,
}


class Unreadable(ValueError):
    """A date, time or zone that says nothing; its text is the code of the reason."""


@dataclass(kw_only=True)
class Dates:
    """What the dates of a file show, with the first line that showed it."""

    day_first: int = 0
    month_first: int = 0
    dotted: int = 0
    open: int = 0
    readable: int = 0

    def see(self, text: str, line: int) -> None:
        """One row's date."""
        clue = clue_of(text)
        if clue is not None:
            self.readable += 1
            if clue:
                setattr(self, clue, getattr(self, clue) or line)

    def decided(self, *, told: bool | None) -> bool | None:
        """Whether the day goes first; None when it has to be asked or does not matter.

        Raises ActivityFileRefused when the dates contradict each other or what was told.
        """
        if self.day_first and self.month_first:
            raise ActivityFileRefused("two orders", f"{self.day_first}, {self.month_first}")
        if told is not None:
            against = self.month_first if told else self.day_first
            if against:
                raise ActivityFileRefused("two orders", str(against))
            return told
        if self.day_first or self.month_first:
            return bool(self.day_first)
        return True if self.dotted else None

    def are_ambiguous(self, *, decided: bool | None) -> bool:
        """Whether a person has to tell."""
        return decided is None and bool(self.open)


@lru_cache(maxsize=4096)
def clue_of(text: str) -> str | None:
    """What one date shows of the order: blank for nothing, None for no date at all."""
    text = text.strip()
    match = WRITTEN.fullmatch(text)
    if match is None:
        return "" if YEAR_FIRST.fullmatch(text) else None
    first, second = int(match[1]), int(match[3])
    if first > 12 or second > 12:
        return "day_first" if first > 12 else "month_first"
    if match[2] == ".":
        return "dotted"
    return "" if first == second else "open"


def moment(day: str, clock: str, zone: str, *, day_first: bool | None) -> datetime:
    """The moment in UTC. Raises Unreadable."""
    local = datetime.combine(day_of(day, day_first), time_of(clock), zone_of(zone))
    return local.astimezone(UTC)


@lru_cache(maxsize=4096)
def day_of(text: str, day_first: bool | None) -> date:  # noqa: FBT001 - a cache needs no names
    """The day. Raises Unreadable."""
    text = text.strip()
    if match := WRITTEN.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        month, day = (second, first) if day_first else (first, second)
    elif match := YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    else:
        raise Unreadable("date")
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable("date") from None
    if found.year not in YEARS:
        raise Unreadable("date")
    return found


def time_of(text: str) -> time:
    """The time of day; midnight where the file has none. Raises Unreadable."""
    text = text.strip()
    if not text:
        return time()
    match = CLOCK.fullmatch(text)
    if match is None:
        raise Unreadable("date")
    hour, half = int(match[1]), (match[4] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(match[2]), int(match[3] or 0))
    except ValueError:
        raise Unreadable("date") from None


@lru_cache(maxsize=256)
def zone_of(text: str) -> tzinfo:
    """A time zone by its abbreviation, distance or name. Raises Unreadable."""
    name = text.strip()
    if (hours := HOURS.get(name.upper())) is not None:
        return timezone(timedelta(hours=hours))
    if (match := OFFSET.fullmatch(name)) and int(match[2]) <= 14:
        distance = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-distance if match[1] == "-" else distance)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Unreadable("zone") from None
