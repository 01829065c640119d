"""What Stripe lists, for the days on which its notifications did not arrive."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from donations.gateways.base import Notification
from donations.gateways.stripe.client import client, our_errors, plain
from donations.gateways.stripe.notifications import HANDLERS
from donations.gateways.stripe.webhook import described

PAGE = 100
MOST_TYPES = 20  # in one question for events (Stripe, "List all events")


def listed(*, since: datetime) -> Iterator[tuple[Notification, bytes]]:
    """Events of the kinds that we know (kept by Stripe for 30 days), then the things themselves."""
    start = int(since.timestamp())
    with our_errors():
        yield from events(start)
        yield from things(start)


def events(start: int) -> Iterator[tuple[Notification, bytes]]:
    """The events themselves, under their own ids: what arrived is known already."""
    for kinds in batched(HANDLERS, MOST_TYPES):
        found = client().v1.events.list({"types": kinds, "created": {"gte": start}, "limit": PAGE})
        for event in found.auto_paging_iter():
            body = plain(event)
            yield described(body), json.dumps(body).encode()


def batched(kinds: Iterable[str], size: int) -> Iterator[list[str]]:
    """In lists of at most so many."""
    left = iter(kinds)
    while batch := list(islice(left, size)):
        yield batch


def things(start: int) -> Iterator[tuple[Notification, bytes]]:
    """Paid sessions and invoices, refunds, disputes, payouts, for what is older than any event."""
    v1 = client().v1
    for session in v1.checkout.sessions.list(
        {"created": {"gte": start}, "status": "complete", "limit": PAGE}
    ).auto_paging_iter():
        yield as_notification("checkout.session.completed", plain(session), "payment_status")
    for invoice in v1.invoices.list(
        {"created": {"gte": start}, "status": "paid", "limit": PAGE}
    ).auto_paging_iter():
        yield as_notification("invoice.paid", plain(invoice), "status")
    for refund in v1.refunds.list({"created": {"gte": start}, "limit": PAGE}).auto_paging_iter():
        yield as_notification("refund.updated", plain(refund), "status")
    for dispute in v1.disputes.list({"created": {"gte": start}, "limit": PAGE}).auto_paging_iter():
        yield as_notification("charge.dispute.updated", plain(dispute), "status")
    for payout in v1.payouts.list({"created": {"gte": start}, "limit": PAGE}).auto_paging_iter():
        yield as_notification("payout.updated", plain(payout), "status", "reconciliation_status")


def as_notification(kind: str, obj: dict[str, Any], *states: str) -> tuple[Notification, bytes]:
    """A listed thing told as a notification, under a name made of its id and its state.

    Asked again tomorrow it has the same name, so a second run adds nothing.
    """
    name = ":".join(["listed", obj["id"], *(str(obj.get(state)) for state in states)])
    body = json.dumps({"type": kind, "data": {"object": {"id": obj["id"]}}}).encode()
    return Notification(event_id=name, kind=kind), body
