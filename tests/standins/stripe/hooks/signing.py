"""An event as it goes over the wire: its body and its signed headers."""

import json

import stripe

from ..obj import Obj

Signed = tuple[bytes, dict[str, str]]


def sign(event: Obj, secret: str, timestamp: int | None = None) -> Signed:
    """Body and headers, signed at `timestamp` or now.

    The time is the real one and not the stand-in's clock: a receiver refuses old signatures.
    """
    body = json.dumps(event, indent=2, ensure_ascii=False)
    signature = stripe.WebhookSignature.generate_signature_header(body, secret, timestamp)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
    return body.encode(), headers
