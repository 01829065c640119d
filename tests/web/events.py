"""The health page's address, and a notification for it to tell about."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from donations.models import InboundEvent

PATH = "/staff/health/"
State = InboundEvent.State


def an_event(state: State = State.STUCK, **changes: Any) -> InboundEvent:
    """Of Stripe, an hour ago."""
    told: dict[str, Any] = {
        "gateway": "stripe",
        "event_id": f"evt_{InboundEvent.objects.count()}",
        "kind": "charge.refunded",
        "body": b'{"secret": "of the reader"}',
        "state": state,
        "attempts": 100,
        "received_at": timezone.now() - timedelta(hours=1),
        "next_attempt_at": timezone.now(),
        "error": "Traceback (most recent call last):\n  line 1\nKeyError: 'amount'\n",
        **changes,
    }
    return InboundEvent.objects.create(**told)
