"""Is it from Stripe? Verified on the raw bytes, without the network or the database."""

import json
import re
from collections.abc import Mapping
from typing import Any

import stripe
from django.conf import settings

from donations.gateways.base import InvalidSignature, Notification
from donations.gateways.stripe.words import API_VERSION

HEADER = "Stripe-Signature"
TOLERANCE_SECONDS = 300
EVENT_ID = re.compile(r"evt_[A-Za-z0-9_]{1,250}", re.ASCII)


def verify(*, headers: Mapping[str, str], body: bytes) -> Notification:
    """The notification's name, once its signature holds. Raises InvalidSignature.

    The SDK answers bad input with a whole family of exceptions; all of them mean the same.
    """
    try:
        stripe.WebhookSignature.verify_header(
            body.decode("utf-8"),
            headers.get(HEADER, ""),
            settings.STRIPE_WEBHOOK_SECRET,
            TOLERANCE_SECONDS,
        )
        return described(json.loads(body))
    except (stripe.SignatureVerificationError, ValueError, TypeError, AttributeError) as error:
        raise InvalidSignature(type(error).__name__) from error


def described(event: Any) -> Notification:
    """Which event it is. Raises ValueError for what is signed but no snapshot event."""
    if not isinstance(event, dict) or event.get("object") != "event":
        raise ValueError("not a snapshot event")
    if not EVENT_ID.fullmatch(str(event.get("id"))) or not isinstance(event.get("type"), str):
        raise ValueError("an event without a name")
    return Notification(
        event_id=event["id"], kind=event["type"][:100], set_aside=set_aside_reason(event)
    )


def set_aside_reason(event: Mapping[str, Any]) -> str:
    """Why the event is not for us: test and live never mix, nor do versions of the API."""
    ours = not settings.STRIPE_SECRET_KEY.startswith(("sk_test_", "rk_test_"))
    if bool(event.get("livemode")) != ours:
        return f"livemode is {event.get('livemode')}, ours is {ours}"
    if event.get("api_version") != API_VERSION:
        return f"API version {event.get('api_version')}, ours is {API_VERSION}"
    return ""
