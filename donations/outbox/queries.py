"""What may be asked about outgoing mail."""

from datetime import datetime

from django.db.models import Count

from donations.outbox.models import Message
from donations.outbox.models.sending import State


def is_anything_due(*, at: datetime) -> bool:
    """Whether another run of the pump would find something."""
    return Message.objects.due(at).exists()


def counts_by_state() -> dict[State, int]:
    """How many messages are where."""
    rows = Message.objects.values_list("state").annotate(n=Count("pk")).order_by()
    return {State(state): n for state, n in rows}
