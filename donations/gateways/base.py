"""The contract of a gateway. See docs/adding-a-gateway.md for the decisions behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from donations.gateways.events import Fact, Move, SubscriptionObserved
from donations.gateways.people import People
from donations.money import Money


class GatewayUnavailable(Exception):
    """The provider did not answer, or only with a fault of its own: ask again later.

    `answered` tells that the idempotency key is spent: the same fault would be replayed.
    """

    def __init__(self, message: str, *, answered: bool = False) -> None:
        super().__init__(message)
        self.answered = answered


class GatewayRefused(Exception):
    """The provider understood and said no; asking again changes nothing."""


class AmountTooSmall(GatewayRefused):
    """Below what the provider charges in this currency."""


class AlreadyRefunded(GatewayRefused):
    """Nothing is left of the payment to give back: it was done before, maybe at the provider."""


class Contested(GatewayRefused):
    """Its bank has the money back already, or may take it."""


class NotOverAnApi(GatewayRefused):
    """Only a person can do that with this provider, on its own pages."""


class InvalidSignature(Exception):
    """The notification is not from the provider, is stale, or cannot be read as one."""


class Disowned(Exception):
    """The provider says that it never sent this."""


class NotOurs(Exception):
    """From the provider, but for another account or another mode."""


@dataclass(frozen=True, kw_only=True)
class CheckoutRequest:
    """What a provider needs to show its payment page. `idempotency_key` makes a retry harmless.

    `{CHECKOUT_SESSION_ID}` in `return_url` stands for the page's id. `reference_code` is short.
    """

    money: Money
    interval: str
    email: str
    language: str
    title: str
    pledge_token: str
    reference_code: str
    idempotency_key: str
    return_url: str
    cancel_url: str


@dataclass(frozen=True, kw_only=True)
class CheckoutStarted:
    """The provider's page; `expires_at` is None for one that never closes."""

    ref: str
    url: str
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Notification:
    """A verified notification before it is understood.

    `set_aside` says why it is not for this installation (other mode, other version), or is empty.
    Without `is_confirmed` only the provider can tell whether it sent this: `confirm` asks it.
    """

    event_id: str
    kind: str
    set_aside: str = ""
    is_confirmed: bool = True


@dataclass(frozen=True, kw_only=True)
class RefundRequest:
    """What is to go back of a payment. `order_token` comes back with everything told of it."""

    payment_ref: str
    money: Money
    order_token: str
    idempotency_key: str


@dataclass(frozen=True, kw_only=True)
class NewCard:
    """What a provider needs to show the page on which another card is given for an agreement."""

    customer_ref: str
    language: str
    return_url: str
    idempotency_key: str


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What stands at the provider in one currency: what could be paid out, and what will be."""

    available: Money
    pending: Money


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card as its holder knows it, and the last day on which it pays."""

    last4: str
    good_until: date


CheckoutStatus = Literal["paid", "waiting", "unpaid"]


class Gateway(Protocol):
    """What every payment provider's adapter does."""

    name: str

    def start_checkout(self, request: CheckoutRequest) -> CheckoutStarted:
        """Open the provider's page. Raises GatewayUnavailable, GatewayRefused."""

    def checkout_status(self, ref: str) -> CheckoutStatus:
        """`paid`, `waiting` or `unpaid` as the provider has it now. Raises GatewayUnavailable."""

    def verify(self, *, headers: Mapping[str, str], body: bytes) -> Notification:
        """Check the signature without the network or the database. Raises InvalidSignature."""

    def confirm(self, *, body: bytes) -> None:
        """Ask the provider whether it sent this. Raises GatewayUnavailable, Disowned."""

    def parse(self, *, kind: str, body: bytes, at: datetime, received_at: datetime) -> list[Fact]:
        """Understand a stored notification, reading states again from the provider.

        `received_at` stands in for moments that it does not tell. Raises GatewayUnavailable and
        NotOurs; an unknown kind is an empty list.
        """

    def cancel_subscription(self, *, ref: str, at_once: bool, idempotency_key: str) -> None:
        """Take no further payment. Raises GatewayUnavailable, GatewayRefused.

        Refused where only the supporter can: see `stop_url`.

        At the end of what is paid for, or `at_once` when something is owed: nothing of it may be
        collected any more.
        """

    def card_of(self, *, ref: str) -> Card | None:
        """What pays an agreement next, if it is a card and the provider tells.

        Raises GatewayUnavailable, GatewayRefused.
        """

    def stop_url(self) -> str:
        """Where supporters stop by themselves what we cannot stop for them; blank if we can."""

    def read_subscription(self, *, ref: str, at: datetime) -> SubscriptionObserved:
        """How an agreement stands. Raises GatewayUnavailable, GatewayRefused."""

    def change_terms(
        self, *, ref: str, money: Money, interval: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Another amount or rhythm, from the next payment on; nothing is charged or owed now.

        In the same currency. Raises GatewayUnavailable, GatewayRefused, AmountTooSmall.
        """

    def pause_subscription(
        self, *, ref: str, until: datetime, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Take nothing before then. Raises GatewayUnavailable, GatewayRefused."""

    def resume_subscription(
        self, *, ref: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Go on with the next payment. Raises GatewayUnavailable, GatewayRefused."""

    def keep_subscription(
        self, *, ref: str, at: datetime, idempotency_key: str
    ) -> SubscriptionObserved:
        """Let it go on after all, while it has not ended.

        Raises GatewayUnavailable, GatewayRefused.
        """

    def new_card_url(self, request: NewCard) -> str:
        """The provider's own page for that; it is for one person, and soon closes.

        Raises GatewayUnavailable, GatewayRefused.
        """

    def forget_customer(self, *, ref: str, idempotency_key: str) -> None:
        """Erase a person at the provider, as far as that can be asked for.

        Raises GatewayUnavailable, GatewayRefused.
        """

    def people_in(self, *, kind: str, body: bytes) -> People:
        """Whom a notification names. No network."""

    def without_people(self, *, kind: str, body: bytes) -> bytes:
        """The notification without them, still understood as before. No network."""

    def refund(self, request: RefundRequest) -> str:
        """Ask to give money back; answers the refund's name. Its state is told like any other.

        Raises GatewayUnavailable, AlreadyRefunded, Contested, GatewayRefused.
        """

    def find_refund(self, *, payment_ref: str, order_token: str) -> str:
        """The refund that was made for this order; blank for none. Raises GatewayUnavailable."""

    def payment_url(self, payment_ref: str) -> str:
        """The provider's own page about a payment, for staff; blank if it has none."""

    def told_of_refunds(self, payment_ref: str) -> Iterator[tuple[Notification, bytes]]:
        """All refunds of a payment, as if each were told now. Raises GatewayUnavailable."""

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Everything the provider tells happened since, as notifications with their bodies."""

    def moves(self, *, since: datetime, until: datetime) -> Iterator[Move]:
        """Every move of the balance in that time, in any order. Raises GatewayUnavailable.

        Nothing where the provider cannot be asked.
        """

    def balances(self) -> list[Balance]:
        """What stands there now, one for each currency. Raises GatewayUnavailable."""
