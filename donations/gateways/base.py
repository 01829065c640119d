"""The contract of a gateway. See docs/adding-a-gateway.md for the decisions behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from donations.gateways.events import Fact
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


class InvalidSignature(Exception):
    """The notification is not from the provider, is stale, or cannot be read as one."""


@dataclass(frozen=True, kw_only=True)
class CheckoutRequest:
    """What a provider needs to show its payment page. `idempotency_key` makes a retry harmless."""

    money: Money
    interval: str
    email: str
    language: str
    title: str
    pledge_token: str
    idempotency_key: str
    return_url: str
    cancel_url: str


@dataclass(frozen=True, kw_only=True)
class CheckoutStarted:
    """The provider's page."""

    ref: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Notification:
    """A verified notification before it is understood.

    `set_aside` says why it is not for this installation (other mode, other version), or is empty.
    """

    event_id: str
    kind: str
    set_aside: str = ""


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

    def parse(self, *, kind: str, body: bytes, at: datetime) -> list[Fact]:
        """Understand a stored notification, reading states again from the provider.

        Raises GatewayUnavailable; an unknown kind is an empty list.
        """

    def cancel_subscription(self, *, ref: str, at_once: bool, idempotency_key: str) -> None:
        """Take no further payment. Raises GatewayUnavailable, GatewayRefused.

        At the end of what is paid for, or `at_once` when something is owed: nothing of it may be
        collected any more.
        """

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Everything the provider tells happened since, as notifications with their bodies."""
