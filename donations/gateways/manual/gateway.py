"""The desk as a Gateway: nobody is asked, and nobody outside tells anything."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from donations.gateways.base import (
    CheckoutRequest,
    CheckoutStarted,
    CheckoutStatus,
    InvalidSignature,
    Notification,
    NotOverAnApi,
)
from donations.gateways.byhand import ByHand
from donations.gateways.events import Fact
from donations.gateways.manual import people
from donations.gateways.manual.entries import NAME, facts_of
from donations.gateways.people import People


class ManualGateway(ByHand):
    """Cash and bank transfers."""

    name = NAME

    def start_checkout(self, request: CheckoutRequest) -> CheckoutStarted:
        """There is no page."""
        raise NotOverAnApi("cash has no payment page")

    def checkout_status(self, ref: str) -> CheckoutStatus:
        """There was no page."""
        return "unpaid"

    def verify(self, *, headers: Mapping[str, str], body: bytes) -> Notification:
        """Nothing from outside is believed."""
        raise InvalidSignature("entries are made at the desk")

    def confirm(self, *, body: bytes) -> None:
        """A colleague did."""

    def parse(self, *, kind: str, body: bytes, at: datetime, received_at: datetime) -> list[Fact]:
        """What was entered."""
        return facts_of(kind, body, at)

    def stop_url(self) -> str:
        """There is nothing to stop."""
        return ""

    def people_in(self, *, kind: str, body: bytes) -> People:
        """Who paid."""
        return people.people_in(body)

    def without_people(self, *, kind: str, body: bytes) -> bytes:
        """Without who paid."""
        return people.without_people(body)

    def payment_url(self, payment_ref: str) -> str:
        """There is no page but ours."""
        return ""

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Our own rows are the only witness."""
        return iter(())
