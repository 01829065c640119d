"""Letters as they were written, and what providers told."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from donations.care.people import Person
from donations.outbox.models import Message
from donations.outbox.rendering import render
from donations.outlet import queries as outlets
from donations.supporters.traces import Traces
from donations.webhooks.forgetting import numbers_of
from donations.webhooks.models import InboundEvent

# Codes open doors, also in a copy that somebody finds.
WITHOUT_TEXT = frozenset((Message.Kind.SIGN_IN_CODE,))


def letters(person: Person) -> Iterator[dict[str, Any]]:
    """What was written to their addresses; the words are made anew from what they were made of."""
    outlet = outlets.current()
    for row in Message.objects.filter(to__in=person.addresses).order_by("created_at", "pk"):
        told: dict[str, Any] = {
            "created_at": row.created_at,
            "to": row.to,
            "kind": row.kind,
            "language": row.language,
            "state": row.state,
            "sent_at": row.sent_at,
        }
        if row.kind not in WITHOUT_TEXT:
            # What was queued by an earlier version may lack what a letter says today.
            with suppress(KeyError):
                words = render(row, outlet)
                told |= {"subject": words.subject, "text": words.text}
        yield told


def notifications(traces: Traces) -> Iterator[dict[str, Any]]:
    """What was understood of what providers told: nothing else is used."""
    events = InboundEvent.objects.filter(pk__in=numbers_of(traces)).defer("body")
    for row in events.order_by("received_at", "pk"):
        yield {
            "received_at": row.received_at,
            "gateway": row.gateway,
            "event_id": row.event_id,
            "kind": row.kind,
            "state": row.state,
            "facts": row.facts,
        }
