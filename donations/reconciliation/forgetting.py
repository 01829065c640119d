"""One person goes out of activity files that wait to be imported, and of reasons."""

from datetime import datetime

from django.db.models import Q

from donations.reconciliation.importing import discard
from donations.reconciliation.models import ActivityFile, ActivityFilePart, NotOurs
from donations.supporters.traces import Traces


def forget_uploads(traces: Traces, *, at: datetime) -> int:
    """Uploads with the person in them are thrown away; handed in again, they say nothing of them.

    One that is being imported right now drops its rows by itself at the end. Answers how many.
    """
    number = 0
    for file in ActivityFile.objects.filter(parts__isnull=False).distinct():
        if is_in(file, traces):
            number += discard(file=file, at=at)
    return number


def forget_reasons(traces: Traces) -> int:
    """Why something is not ours may name them: that it is not stays. Answers how many."""
    theirs = Q(pk=None)
    for mark in traces.marks:
        theirs |= Q(why__icontains=mark)
    return NotOurs.objects.filter(theirs).update(why="")


def is_in(file: ActivityFile, traces: Traces) -> bool:
    """Whether a piece has them, or two pieces where they meet."""
    marks = [mark.lower().encode() for mark in traces.marks]
    longest, before = max(map(len, marks), default=0), b""
    parts = ActivityFilePart.objects.filter(file=file).order_by("number")
    for data in parts.values_list("data", flat=True).iterator(chunk_size=1):
        piece = before + bytes(data).lower().replace(b"\x00", b"")  # UTF-16 has them in between.
        if any(mark in piece for mark in marks):
            return True
        before = piece[-longest:] if longest else b""
    return False
