"""What may be asked about stored events."""

from donations.webhooks.models import InboundEvent


def replayable(*, failed: bool = False, event_id: str | None = None) -> list[int]:
    """Row ids, oldest first: all but those set aside, or the undone ones, or a named one."""
    events = InboundEvent.objects.exclude(state=InboundEvent.State.PARKED)
    if failed:
        events = events.exclude(state=InboundEvent.State.DONE)
    if event_id:
        events = events.filter(event_id=event_id)
    return list(events.order_by("received_at", "pk").values_list("pk", flat=True))
