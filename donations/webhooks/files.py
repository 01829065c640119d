"""Rows of files that a provider makes, kept like notifications, so that the books can be proved."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from donations.gateways.events import Fact, facts_to_json, payment_of
from donations.webhooks.models import InboundEvent

PAGE = 500
INSERT = """
    INSERT INTO donations_inboundevent
        (gateway, event_id, kind, body, received_at, next_attempt_at, confirmed_at,
         was_sent, state, facts, about, processed_at, error, attempts)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', 0)
"""


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """A row as it was understood; without facts it waits for something else to be told."""

    event_id: str
    body: bytes
    facts: Sequence[Fact] | None


def keep_rows(*, gateway: str, kind: str, rows: Iterable[KeptRow], at: datetime) -> None:
    """Keep rows that were not kept before; the database refuses others.

    Not by the ORM, which takes five times as long over JSON and binary columns.
    """
    moment = connection.ops.adapt_datetimefield_value(at)
    values = [
        (gateway, row.event_id, kind, row.body, moment, moment, moment, False, *fate(row, moment))
        for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, values)


def fate(row: KeptRow, moment: str | None) -> tuple[str, str, str, str | None]:
    """Its state, its facts, of which payment, and when it was done with: at once, or it waits."""
    if row.facts is None:
        return str(InboundEvent.State.PENDING), "[]", "", None
    facts = facts_to_json(list(row.facts))
    written = json.dumps(facts, ensure_ascii=False)
    return str(InboundEvent.State.DONE), written, payment_of(facts), moment


def kept_ids(*, gateway: str, event_ids: Iterable[str]) -> set[str]:
    """Which of these were kept before."""
    found = InboundEvent.objects.filter(gateway=gateway, event_id__in=list(event_ids))
    return set(found.values_list("event_id", flat=True))


def waiting_rows(*, gateway: str, kind: str, since: datetime) -> Iterator[InboundEvent]:
    """What was kept at this moment and still waits, a page in memory at a time."""
    found = InboundEvent.objects.filter(
        gateway=gateway, kind=kind, received_at=since, state=InboundEvent.State.PENDING
    ).order_by("pk")
    page = list(found[:PAGE])
    while page:
        yield from page
        page = list(found.filter(pk__gt=page[-1].pk)[:PAGE])


def rows_kept_since(*, gateway: str, kind: str, since: datetime) -> Iterator[bytes]:
    """The rows of all files handed in since then, in the order of their coming."""
    found = InboundEvent.objects.filter(
        gateway=gateway, was_sent=False, kind=kind, received_at__gte=since
    ).order_by("received_at", "pk")
    for body in found.values_list("body", flat=True).iterator(chunk_size=2000):
        yield bytes(body)
