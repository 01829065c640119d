"""A page of a time line: one query for each kind of row, however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Q

from donations.care.people import Person
from donations.care.timeline.sources import SOURCES, Rows, Source
from donations.outbox.marks import Queue, mark
from donations.outbox.models import MailEvent

PER_PAGE = 50


@dataclass(frozen=True)
class Cursor:
    """The last entry of a page; what is older comes on the next."""

    at: datetime
    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what is no cursor: the newest page then."""
        moment, _mark, rest = text.partition("~")
        kind, _mark, number = rest.partition("~")
        try:
            at, pk = datetime.fromisoformat(moment), int(number)
        except (ValueError, OverflowError):
            return None
        fits = at.tzinfo is not None and number.isdecimal() and len(number) < 19
        return cls(at, kind, pk) if fits else None

    def older(self, kind: str) -> Q:
        """Which rows of a kind come after it."""
        before = Q(moment__lt=self.at)
        if kind < self.kind:
            return before
        if kind > self.kind:
            return before | Q(moment=self.at)
        return before | Q(moment=self.at, pk__lt=self.pk)


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `reports` is what became of a mail, the latest first."""

    kind: str
    row: Any
    reports: Sequence[MailEvent] = ()

    @property
    def at(self) -> datetime:
        """When."""
        moment: datetime = self.row.moment
        return moment

    @property
    def template(self) -> str:
        """What shows it."""
        return f"staff/timeline/{self.kind}.html"


@dataclass(frozen=True)
class Page:
    """Some entries, and where the older ones begin."""

    entries: Sequence[Entry]
    older: Cursor | None


def page_of(person: Person, *, before: Cursor | None = None, size: int = PER_PAGE) -> Page:
    """The newest entries, or those after a cursor."""
    found = [
        Entry(source.kind, row)
        for source in SOURCES
        for row in newest(source, person, before)[: size + 1]
    ]
    found.sort(key=lambda each: (each.kind, -each.row.pk))
    found.sort(key=lambda each: each.at, reverse=True)
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    cursor = Cursor(last.at, last.kind, last.row.pk) if last else None
    return Page(with_reports(shown, person), cursor)


def newest(source: Source, person: Person, before: Cursor | None) -> Rows:
    """The rows of one kind, in order."""
    rows = source.rows(person).order_by("-moment", "-pk")
    return rows.filter(before.older(source.kind)) if before else rows


def with_reports(entries: Sequence[Entry], person: Person) -> list[Entry]:
    """The mails with what was reported about each."""
    marks = [mark(Queue.MESSAGE, each.row.pk) for each in entries if each.kind == "mail"]
    told = MailEvent.objects.filter(email__in=person.addresses, mail__in=marks).order_by("-at")
    reports: dict[str, list[MailEvent]] = {}
    for event in told:
        reports.setdefault(event.mail, []).append(event)
    return [
        Entry(each.kind, each.row, reports.get(mark(Queue.MESSAGE, each.row.pk), ()))
        if each.kind == "mail"
        else each
        for each in entries
    ]
