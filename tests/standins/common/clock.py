"""The stand-in's own time, so that a test can reach next month without waiting."""

import calendar
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time until it is set; once set it stands still and moves only by `advance`."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._frozen: int | None = None
        self._offset = 0

    @property
    def now(self) -> int:
        if self._frozen is not None:
            return self._frozen
        return int(time.time()) + self._offset

    @now.setter
    def now(self, value: int) -> None:
        self._frozen = int(value)

    def advance(self, step: timedelta) -> None:
        seconds = int(step.total_seconds())
        if self._frozen is None:
            self._offset += seconds
        else:
            self._frozen += seconds

    def dump(self) -> list[int | None]:
        return [self._frozen, self._offset]

    def load(self, state: list[int | None]) -> None:
        self._frozen, self._offset = state[0], state[1] or 0


def after(start: int, interval: str, count: int, *, anchor: int) -> int:
    """The end of a period that begins at `start`.

    Months keep the anchor's day: the 31st bills on the 28th in February and on the 31st in March.
    """
    if interval in ("day", "week"):
        return start + count * (86400 if interval == "day" else 7 * 86400)
    months = count * (12 if interval == "year" else 1)
    begin = datetime.fromtimestamp(start, UTC)
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    day = min(datetime.fromtimestamp(anchor, UTC).day, last)
    return int(begin.replace(year=year, month=month + 1, day=day).timestamp())
