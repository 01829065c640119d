"""What may be asked about stored events."""

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


def latest_sent(gateway: str, *, limit: int) -> list[datetime]:
    """When its newest notifications came, the newest first: one look into an index.

    What was found in a listing or a file is no sign that its notifications reach us.
    """
    events = InboundEvent.objects.filter(gateway=gateway, was_sent=True).order_by("-received_at")
    return list(events.values_list("received_at", flat=True)[:limit])


def in_state(which: str) -> InboundEventQuerySet:
    """Those in trouble, "parked" or "rejected", the newest first; without their bodies."""
    events = InboundEvent.objects.defer("body", "facts").order_by("-received_at", "-pk")
    if which in (PARKED, DISOWNED):
        return events.filter(state=which)
    return events.in_trouble()


def waiting_for_staff() -> InboundEventQuerySet:
    """Those that are tried no more until somebody says so."""
    return InboundEvent.objects.filter(state=InboundEvent.State.STUCK)
