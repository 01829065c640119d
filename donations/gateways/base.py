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

    def stop_url(self) -> str:
        """Where supporters stop by themselves what we cannot stop for them; blank if we can."""

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Everything the provider tells happened since, as notifications with their bodies."""
