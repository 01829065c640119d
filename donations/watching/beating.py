"""Writing down that something ran."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps

from django.utils import timezone

from donations.watching.models import Heartbeat

QUEUE = "queue:"
LONGEST_ERROR = 4000


@contextmanager
def beating(name: str) -> Iterator[None]:
    """Note the start, and the end or the error; what goes wrong goes on."""
    note(name, started_at=timezone.now())
    try:
        yield
    except Exception:
        note(name, failed_at=timezone.now(), error=traceback.format_exc()[-LONGEST_ERROR:])
        raise
    note(name, ended_at=timezone.now())


def watched(task: Callable[[], None]) -> Callable[[], None]:
    """A task that runs by the clock, under its own name."""

    @wraps(task)
    def run() -> None:
        with beating(task.__name__):
            task()

    return run


def note(name: str, **fields: datetime | str) -> None:
    """One statement, but for the very first time; other workers may do the same just now."""
    if Heartbeat.objects.filter(name=name).update(**fields):
        return
    now = timezone.now()
    first = Heartbeat(name=name, first_at=now, started_at=now)
    Heartbeat.objects.bulk_create([first], ignore_conflicts=True)
    Heartbeat.objects.filter(name=name).update(**fields)
