"""Leaving marks, in the transaction that changes what was counted."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from donations.recounts.models import Recount

About = Recount.About
Mark = tuple[Recount.About, int]

_gathered: ContextVar[set[Mark] | None] = ContextVar("marks", default=None)


def day_of(moment: datetime) -> date:
    """The day of a moment where the newsroom is, whatever zone the reader has chosen."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def mark(marks: Iterable[Mark]) -> None:
    """Have these counted again. One INSERT; within `recounting` none before its end."""
    gathered = _gathered.get()
    if gathered is None:
        write(set(marks))
    else:
        gathered.update(marks)


@contextmanager
def recounting() -> Iterator[None]:
    """A transaction whose marks are written by one INSERT at its end; also a decorator.

    Within another one it adds to that.
    """
    if _gathered.get() is not None:
        with transaction.atomic():
            yield
        return
    marks: set[Mark] = set()
    token = _gathered.set(marks)
    try:
        with transaction.atomic():
            yield
            write(marks)
    finally:
        _gathered.reset(token)


def write(marks: set[Mark]) -> None:
    """The rows of these marks."""
    if marks:
        Recount.objects.bulk_create(Recount(about=about, key=key) for about, key in sorted(marks))
