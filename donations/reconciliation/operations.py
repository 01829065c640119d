"""The webhook is not the only witness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from donations.gateways.registry import gateway_named, in_use
from donations.giving.models import Donation
from donations.ledger.models import Posting
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import keep, process


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a comparison found: how much was listed, and how much of it was new to us."""

    listed: int
    missing: int
    donations: int
    postings: int


def reconcile(*, since: datetime, at: datetime, gateways: Iterable[str] | None = None) -> Found:
    """Record what providers list and never told. A second time finds nothing new.

    Raises GatewayUnavailable; what was recorded until then stays.
    """
    donations, postings = Donation.objects.count(), Posting.objects.count()
    listed = missing = 0
    for name in in_use() if gateways is None else gateways:
        for notification, body in gateway_named(name).listed(since=since):
            listed += 1
            missing += keep(
                gateway=name, notification=notification, body=body, at=at, was_sent=False
            )
    for event_id in waiting_since(at):
        process(event_id=event_id, at=at)
    return Found(
        listed=listed,
        missing=missing,
        donations=Donation.objects.count() - donations,
        postings=Posting.objects.count() - postings,
    )


def waiting_since(at: datetime) -> list[int]:
    """What was kept in this run, in the order of its coming."""
    kept = InboundEvent.objects.due(at=at).filter(received_at=at)
    return list(kept.order_by("pk").values_list("pk", flat=True))
