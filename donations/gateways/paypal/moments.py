"""Dates as PayPal writes them: 03:15:22 Nov 20, 2026 PST. Always English, whatever our locale."""

import re
from datetime import UTC, datetime, timedelta, timezone

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ZONES = {"PST": timezone(timedelta(hours=-8)), "PDT": timezone(timedelta(hours=-7))}
WRITTEN = re.compile(
    r"(\d{2}):(\d{2}):(\d{2}) ([A-Z][a-z]{2})[a-z]*\.? (\d{1,2}), (\d{4}) (PST|PDT)", re.ASCII
)


def moment(text: str) -> datetime | None:
    """The moment, in UTC; None for what is written otherwise ("N/A", the simulator's dates)."""
    match = WRITTEN.fullmatch(text.strip())
    if match is None or match[4] not in MONTHS:
        return None
    hour, minute, second, month, day, year, zone = match.groups()
    try:
        local = datetime(
            int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second),
            tzinfo=ZONES[zone],
        )  # fmt: skip
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
