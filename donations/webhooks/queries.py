"""What may be asked about stored events."""

from donations.webhooks.models import InboundEvent

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
