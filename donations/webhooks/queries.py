"""What may be asked about stored events."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from donations.webhooks.models import InboundEvent, InboundEventQuerySet

DISOWNED = InboundEvent.State.REJECTED
DONE, PARKED = InboundEvent.State.DONE, InboundEvent.State.PARKED


def replayable(*, failed: bool = False, event_id: str | None = None) -> list[int]:
    """Row ids, oldest first: what was understood or waits; what failed; or one by its name.

    What was read and set aside as somebody else's counts as failed: staff may have told since
    that the account is ours. What was set aside unread never comes back.
    """
    events = InboundEvent.objects.exclude(pk__in=InboundEvent.objects.not_for_us().values("pk"))
    if event_id:
        events = events.filter(event_id=event_id)
    elif failed:
        events = events.exclude(state__in=(DONE, DISOWNED))
    else:
        events = events.exclude(state__in=(PARKED, DISOWNED))
    return list(events.order_by("received_at", "pk").values_list("pk", flat=True))


def last_received(gateways: Sequence[str]) -> Mapping[str, datetime | None]:
    """When each of these gateways was last heard of, one look into the index for each."""
    return {name: latest(name) for name in gateways}


def latest(gateway: str) -> datetime | None:
    """When its newest notification came."""
    events = InboundEvent.objects.filter(gateway=gateway).order_by("-received_at")
    return events.values_list("received_at", flat=True).first()


def in_state(which: str) -> InboundEventQuerySet:
    """Those in trouble, "parked" or "rejected", the newest first; without their bodies."""
    events = InboundEvent.objects.defer("body", "facts").order_by("-received_at", "-pk")
    if which in (PARKED, DISOWNED):
        return events.filter(state=which)
    return events.in_trouble()


def waiting_for_staff() -> int:
    """How many are tried no more until somebody says so."""
    return InboundEvent.objects.filter(state=InboundEvent.State.STUCK).count()
