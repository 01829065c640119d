"""Lists as files: asked for, written by a worker, kept for a few days."""

import hashlib
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import translation

from donations.history.operations import keep_change
from donations.lists.asking import Asked, Cell, asked
from donations.lists.keyset import chunks
from donations.lists.models import Export, ExportPart, ExportQuerySet
from donations.lists.rooms import LISTINGS
from donations.lists.saving import LONGEST_QUERY
from donations.lists.writing import file_of
from donations.supporters.models import Role, User
from donations.team.rights import role_of

logger = logging.getLogger(__name__)

CHUNK = 2000
# Far longer than a chunk takes, or packing a workbook: whoever is silent for so long has died.
LEASE = timedelta(minutes=5)
MOST_TRIES = 5
KEPT = timedelta(days=7)
Clock = Callable[[], datetime]
State = Export.State


class NotWanted(Exception):
    """Another worker has it meanwhile, or nobody wants it any more."""


class GivenUp(Exception):
    """Every worker that began with it died."""


class Incomplete(Exception):
    """A piece is missing: the file was deleted while it was fetched."""


@transaction.atomic
def ask(
    *, by: User, room: str, query: str, file_format: str, language: str, at: datetime
) -> Export:
    """Have a list written to a file. Asked again before it is there, it is the same file."""
    query = query[:LONGEST_QUERY]
    named = f"{room} {file_format} {language} {query}"
    export, is_new = Export.objects.unfinished().get_or_create(
        by=by,
        fingerprint=hashlib.sha256(named.encode()).hexdigest(),
        defaults={
            "room": room,
            "query": query,
            "format": file_format,
            "language": language,
            "asked_at": at,
        },
    )
    if is_new:
        keep_change(what="export.asked", by=by, about=export, after=told_of(export), at=at)
    return export


def told_of(export: Export) -> dict[str, object]:
    """What the history keeps of it for good: not what was searched for, which may be a person."""
    data = QueryDict(export.query)
    filters = {name: data.getlist(name) for name in data if name != "q"}
    return {"list": export.room, "format": export.format, "filters": filters, "search": "q" in data}


def exports_of(user: User) -> QuerySet[Export]:
    """Those that they may see: their own; an administrator all. Newest first."""
    every = Export.objects.select_related("by").order_by("-asked_at", "-pk")
    return every if role_of(user) == Role.ADMINISTRATOR else every.filter(by=user)


def cancel(*, export: Export, at: datetime) -> bool:
    """Stop writing it. False when it is written, or was stopped before."""
    if not Export.objects.filter(pk=export.pk).mark_canceled(at=at):
        return False
    ExportPart.objects.filter(export=export).delete()
    return True


def is_anything_due(*, at: datetime) -> bool:
    """Whether there is something to write."""
    return Export.objects.due(at).exists()


def run_next(*, clock: Clock, chunk: int = CHUNK) -> bool:
    """Write the file that waits longest; False when none does, or while another is written.

    One at a time, so that files never take all the workers from the mail.
    """
    export = Export.objects.due(clock()).order_by("asked_at", "pk").first()
    if export is None or Export.objects.alive(clock()).exists():
        return False
    claim, taken = uuid4(), Export.objects.filter(pk=export.pk)
    if taken.mark_taken(claim=claim, at=clock(), lease=LEASE):
        export.refresh_from_db()
        attempt(export, claim, clock=clock, chunk=chunk)
    return True


def attempt(export: Export, claim: UUID, *, clock: Clock, chunk: int) -> None:
    """Write it from the beginning; what an earlier attempt left behind goes."""
    ExportPart.objects.filter(export=export).exclude(claim=claim).delete()
    held = Export.objects.filter(pk=export.pk).held(claim)
    try:
        if export.tries > MOST_TRIES:
            raise GivenUp
        with translation.override(export.language):
            write(export, claim, clock=clock, chunk=chunk)
    except NotWanted:
        ExportPart.objects.filter(export=export, claim=claim).delete()
    except Exception as error:  # noqa: BLE001
        # Without its message, in which there may be an address.
        where = "".join(traceback.format_tb(error.__traceback__)[-1:])
        logger.error("export %s failed: %s\n%s", export.pk, type(error).__name__, where)
        ExportPart.objects.filter(export=export, claim=claim).delete()
        held.mark_failed(at=clock())


def write(export: Export, claim: UUID, *, clock: Clock, chunk: int) -> None:
    """Count, write piece after piece, and only then say that it is there. Raises NotWanted."""
    held = Export.objects.filter(pk=export.pk).held(claim)
    wanted = asked(LISTINGS[export.room], QueryDict(export.query))
    held.mark_counted(total=wanted.sort.ordered(wanted.rows()).order_by().count())
    progress = Progress(held, clock)
    size = 0
    headings = [str(name) for column in wanted.columns for name, _read in column.cells]
    pieces = file_of(export.format, headings=headings, chunks=progress.through(wanted, chunk))
    for number, data in enumerate(pieces):
        size += len(data)
        ExportPart.objects.create(export=export, claim=claim, number=number, data=data)
        progress.live()
    with transaction.atomic():
        if not held.mark_done(rows=progress.done, size=size, at=clock()):
            raise NotWanted


class Progress:
    """Chunk after chunk of a list, and a sign of life after each."""

    def __init__(self, held: ExportQuerySet, clock: Clock) -> None:
        self.held, self.clock, self.done = held, clock, 0

    def live(self) -> None:
        """Say how far it is. Raises NotWanted."""
        if not self.held.mark_going_on(done=self.done, at=self.clock(), lease=LEASE):
            raise NotWanted

    def through(self, wanted: Asked[Any, Any], size: int) -> Iterator[Sequence[Sequence[Cell]]]:
        """The lines of the file."""
        for rows in chunks(wanted.rows(), wanted.sort, size):
            yield list(cells_of(wanted, rows))
            self.done += len(rows)
            self.live()


def cells_of(wanted: Asked[Any, Any], rows: Sequence[Any]) -> Iterator[Sequence[Cell]]:
    """Each row as the lines that it becomes, in the columns that were asked for."""
    reads = [read for column in wanted.columns for _name, read in column.cells]
    for line in wanted.listing.lines(rows):
        for each in wanted.listing.written(line, wanted.columns):
            yield [read(each) for read in reads]


def content(export: Export) -> Iterator[bytes]:
    """The whole file, a piece in memory at a time. Raises Incomplete."""
    left = export.size
    parts = ExportPart.objects.filter(export=export).order_by("number")
    for number in count():
        if not left:
            return
        part = parts.filter(number=number).first()
        if part is None:
            raise Incomplete(str(export.pk))
        left -= len(part.data)
        yield bytes(part.data)


def expire(*, at: datetime) -> None:
    """Delete what was there long enough."""
    for export in Export.objects.filter(state=State.DONE, finished_at__lte=at - KEPT):
        with transaction.atomic():
            Export.objects.filter(pk=export.pk, state=State.DONE).mark_expired()
            ExportPart.objects.filter(export=export).delete()
