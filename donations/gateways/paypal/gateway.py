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
from donations.gateways.events import Fact
from donations.gateways.paypal import links, message, postback
from donations.gateways.paypal.activity import ROW_KIND, facts_of_row, row_from_json
from donations.gateways.paypal.understand import facts_of
from donations.gateways.paypal.words import NAME
from donations.outlet import queries as outlets


class PayPalGateway:
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

    def cancel_subscription(self, *, ref: str, at_once: bool, idempotency_key: str) -> None:
        """Only its supporter can."""
        raise GatewayRefused("a link's subscription is ended by its supporter, at PayPal")

    def stop_url(self) -> str:
        """PayPal's page for that."""
        return links.stop_link(outlets.current())

    def listed(self, *, since: datetime) -> Iterator[tuple[Notification, bytes]]:
        """Nothing: the activity file is the second witness."""
        return iter(())
