"""Stripe as a Gateway."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.conf import settings

from donations.gateways.base import (
    Balance,
    Card,
    CheckoutRequest,
    CheckoutStarted,
    CheckoutStatus,
    NewCard,
    Notification,
    RefundRequest,
)
from donations.gateways.events import Fact, Move, SubscriptionObserved
from donations.gateways.people import People
from donations.gateways.stripe import (
    balance,
    cards,
    changes,
    checkout,
    listing,
    notifications,
    people,
    portal,
    read,
    refunds,
    webhook,
)
from donations.gateways.stripe.client import checked, client, our_errors
from donations.gateways.stripe.words import NAME
from donations.money import Money


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

    def card_of(self, *, ref: str) -> Card | None:
        """The subscription's own, else the one that its customer pays with."""
        return cards.card_of(read.subscription_with_card(ref))

    def stop_url(self) -> str:
        """We stop it ourselves."""
        return ""

    def read_subscription(self, *, ref: str, at: datetime) -> SubscriptionObserved:
        """As Stripe has it now."""
        return changes.state(ref, at=at)

    def change_terms(
        self, *, ref: str, money: Money, interval: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """A new price for its item, without proration."""
        return changes.terms(
            ref, money=money, interval=interval, at=at, idempotency_key=idempotency_key
        )

    def pause_subscription(
        self, *, ref: str, until: datetime, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Collecting pauses; the status stays active at Stripe."""
        return changes.pause(ref, until=until, at=at, idempotency_key=idempotency_key)

    def resume_subscription(
        self, *, ref: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Collecting goes on."""
        return changes.resume(ref, at=at, idempotency_key=idempotency_key)

    def keep_subscription(
        self, *, ref: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """It does not end any more."""
        return changes.keep(ref, at=at, idempotency_key=idempotency_key)

    def new_card_url(self, request: NewCard) -> str:
        """Of the billing portal, with nothing else on it."""
        return portal.new_card_url(request)

    def forget_customer(self, *, ref: str, idempotency_key: str) -> None:
        """Deleted, with their cards."""
        people.forget_customer(ref, idempotency_key=idempotency_key)

    def people_in(self, *, kind: str, body: bytes) -> People:
        """Anywhere in it."""
        return people.people_in(body)

    def without_people(self, *, kind: str, body: bytes) -> bytes:
        """Its ids stay."""
        return people.without_people(body)

    def refund(self, request: RefundRequest) -> str:
        """Create a Refund of a PaymentIntent."""
        return refunds.make(request)

    def find_refund(self, *, payment_ref: str, order_token: str) -> str:
        """By its metadata."""
        return refunds.find(payment_ref=payment_ref, order_token=order_token)

    def payment_url(self, payment_ref: str) -> str:
        """In the dashboard."""
        return refunds.dashboard(settings.STRIPE_SECRET_KEY, payment_ref)

    def told_of_refunds(self, payment_ref: str) -> Iterator[tuple[Notification, bytes]]:
        """Listed by the payment."""
        return refunds.told(payment_ref)

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Events and things since then."""
        return listing.listed(since=since)

    def moves(self, *, since: datetime, until: datetime) -> Iterator[Move]:
        """Balance transactions."""
        return balance.moves(since=since, until=until)

    def balances(self) -> list[Balance]:
        """One question."""
        return balance.balances()
