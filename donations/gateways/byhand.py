"""What a gateway cannot do whose provider has no API for it."""

from collections.abc import Iterator
from datetime import datetime

from donations.gateways.base import (
    Balance,
    Card,
    NewCard,
    Notification,
    NotOverAnApi,
    RefundRequest,
)
from donations.gateways.events import Move, SubscriptionObserved
from donations.money import Money


class ByHand:
    """For a provider that has no API for it: a person does these, on its own pages."""

    def cancel_subscription(self, *, ref: str, at_once: bool, idempotency_key: str) -> None:
        """Only its supporter can."""
        raise NotOverAnApi("an agreement here is ended by a person")

    def read_subscription(self, *, ref: str, at: datetime) -> SubscriptionObserved:
        """Nobody can be asked."""
        raise NotOverAnApi("agreements here cannot be read")

    def card_of(self, *, ref: str) -> Card | None:
        """If one is used there, its holder is told there."""
        return None

    def change_terms(
        self, *, ref: str, money: Money, interval: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Only its supporter can."""
        raise NotOverAnApi("an agreement here is changed by a person")

    def pause_subscription(
        self, *, ref: str, until: datetime, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Only its supporter can."""
        raise NotOverAnApi("an agreement here is paused by a person")

    def resume_subscription(
        self, *, ref: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Only its supporter can."""
        raise NotOverAnApi("an agreement here is resumed by a person")

    def keep_subscription(
        self, *, ref: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Only its supporter can."""
        raise NotOverAnApi("an agreement here is changed by a person")

    def new_card_url(self, request: NewCard) -> str:
        """Only its supporter can."""
        raise NotOverAnApi("what pays an agreement here is changed by a person")

    def forget_customer(self, *, ref: str, idempotency_key: str) -> None:
        """There is nothing that could be asked for."""

    def refund(self, request: RefundRequest) -> str:
        """Only a person can."""
        raise NotOverAnApi("a payment here is refunded by a person")

    def find_refund(self, *, payment_ref: str, order_token: str) -> str:
        """None was ever asked for."""
        return ""

    def told_of_refunds(self, payment_ref: str) -> Iterator[tuple[Notification, bytes]]:
        """They come by themselves."""
        return iter(())

    def moves(self, *, since: datetime, until: datetime) -> Iterator[Move]:
        """Nobody can be asked."""
        return iter(())

    def balances(self) -> list[Balance]:
        """Nobody can be asked."""
        return []
