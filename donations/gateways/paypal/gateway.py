"""PayPal as a Gateway."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from donations.gateways.base import (
    CheckoutRequest,
    CheckoutStarted,
    CheckoutStatus,
    GatewayRefused,
    Notification,
)
from donations.gateways.byhand import ByHand
from donations.gateways.events import Fact
from donations.gateways.paypal import links, message, people, postback
from donations.gateways.paypal.activity import ROW_KIND, facts_of_row, row_from_json
from donations.gateways.paypal.understand import facts_of
from donations.gateways.paypal.words import NAME
from donations.gateways.people import People
from donations.outlet import queries as outlets


class PayPalGateway(ByHand):
    """Links that are paid at PayPal, and the messages that it sends about any gift."""

    name = NAME

    def start_checkout(self, request: CheckoutRequest) -> CheckoutStarted:
        """The link; PayPal is not asked. Raises GatewayRefused when it cannot take this."""
        notify_url = settings.SITE_URL + reverse("paypal_ipn")
        url = links.checkout_link(outlets.current(), request=request, notify_url=notify_url)
        if not url:
            raise GatewayRefused("PayPal has no link for this")
        return CheckoutStarted(ref=request.reference_code, url=url, expires_at=None)

    def checkout_status(self, ref: str) -> CheckoutStatus:
        """A link is always open, and only a message tells that it was paid."""
        return "waiting"

    def verify(self, *, headers: Mapping[str, str], body: bytes) -> Notification:
        """Whether it looks like a message; PayPal is asked later."""
        return message.verify(body)

    def confirm(self, *, body: bytes) -> None:
        """Post it back."""
        postback.confirm(body)

    def parse(self, *, kind: str, body: bytes, at: datetime, received_at: datetime) -> list[Fact]:
        """What the message or the file's row says; it is all that PayPal will ever say."""
        if kind == ROW_KIND:
            return facts_of_row(row_from_json(body))
        return facts_of(message.fields_of(body), received_at, outlets.current())

    def stop_url(self) -> str:
        """PayPal's page for that."""
        return links.stop_link(outlets.current())

    def people_in(self, *, kind: str, body: bytes) -> People:
        """Its payer."""
        return people.people_in(kind, body)

    def without_people(self, *, kind: str, body: bytes) -> bytes:
        """Without its payer."""
        return people.without_people(kind, body)

    def payment_url(self, payment_ref: str) -> str:
        """PayPal's page about a transaction, where it can be refunded too."""
        return links.transaction_link(payment_ref)

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Nothing: the activity file is the second witness."""
        return iter(())
