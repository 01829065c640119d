"""The one exception to a history that is never rewritten: a person who was erased goes out of it.

What was done, by which colleague, when and to which row stays, and so do amounts.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from donations.history.models import Change
from donations.supporters.traces import Traces

# What says nothing of who it was.
PLAIN = frozenset(
    ("amount", "amount_minor", "currency", "interval", "status", "state", "cancel_at", "resumes_at")
)


def forget_changes(traces: Traces, *, about: Collection[tuple[str, str]]) -> int:
    """Changes of theirs, of the rows that are `about` them, and those that name them anywhere."""
    theirs = Q(supporter__in=traces.ids)
    for kind, number in about:
        theirs |= Q(about_kind=kind, about_id=number)
    for mark in traces.marks:
        theirs |= Q(about_name__icontains=mark) | Q(why__icontains=mark)
        theirs |= Q(was__icontains=mark) | Q(became__icontains=mark)
    changes = Change.objects.annotate(
        was=Cast("before", TextField()), became=Cast("after", TextField())
    ).filter(theirs)
    done = 0
    for change in changes.iterator(chunk_size=500):
        rewrite(change, before=plain_of(change.before), after=plain_of(change.after))
        done += 1
    return done


def plain_of(values: dict[str, Any]) -> dict[str, Any]:
    """Amounts and states of what changed."""
    return {name: value for name, value in values.items() if name in PLAIN}


def rewrite(change: Change, **values: Any) -> None:
    """Past the guard that lets nobody do this."""
    rows: QuerySet[Change] = QuerySet(Change).filter(pk=change.pk)
    rows.update(about_name="", why="", supporter=None, **values)
