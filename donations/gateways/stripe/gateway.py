"""Stripe as a Gateway."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from donations.gateways.base import CheckoutRequest, CheckoutStarted, CheckoutStatus, Notification
from donations.gateways.events import Fact
from donations.gateways.stripe import checkout, listing, notifications, webhook
from donations.gateways.stripe.client import checked, client, our_errors
from donations.gateways.stripe.words import NAME


class StripeGateway:
    """Cards, through Stripe's hosted page."""

    name = NAME

    def start_checkout(self, request: CheckoutRequest) -> CheckoutStarted:
        """Open a Checkout Session."""
        return checkout.start(request)

    def checkout_status(self, ref: str) -> CheckoutStatus:
        """`paid`, `waiting` or `unpaid`."""
        return checkout.status(ref)

    def verify(self, *, headers: Mapping[str, str], body: bytes) -> Notification:
        """Check `Stripe-Signature`."""
        return webhook.verify(headers=headers, body=body)

    def confirm(self, *, body: bytes) -> None:
        """The signature did."""

    def parse(self, *, kind: str, body: bytes, at: datetime, received_at: datetime) -> list[Fact]:
        """Read again what the event is about."""
        return notifications.parse(kind=kind, body=body, at=at)

    def cancel_subscription(self, *, ref: str, at_once: bool, idempotency_key: str) -> None:
        """Let it end with the period that is paid for, or now; canceled ones collect no more."""
        subscriptions = client().v1.subscriptions
        with our_errors():
            if at_once:
                subscriptions.cancel(checked(ref), {}, {"idempotency_key": idempotency_key})
                return
            subscriptions.update(
                checked(ref),
                {"cancel_at_period_end": True},
                {"idempotency_key": idempotency_key},
            )

    def stop_url(self) -> str:
        """We stop it ourselves."""
        return ""

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Events and things since then."""
        return listing.listed(since=since)
