"""Giving money back through Stripe."""

from collections.abc import Iterator

from donations.gateways.base import Notification, RefundRequest
from donations.gateways.stripe import read
from donations.gateways.stripe.client import checked, client, our_errors, plain
from donations.gateways.stripe.listing import as_notification
from donations.gateways.stripe.words import ORDER, metadata, to_stripe

DASHBOARD = "https://dashboard.stripe.com"


def make(request: RefundRequest) -> str:
    """Ask for it; the same key a second time answers the same refund."""
    with our_errors():
        made = client().v1.refunds.create(
            {
                "payment_intent": checked(request.payment_ref),
                "amount": to_stripe(request.money),
                "metadata": {ORDER: request.order_token},
            },
            {"idempotency_key": request.idempotency_key},
        )
    return str(plain(made)["id"])


def find(*, payment_ref: str, order_token: str) -> str:
    """The refund that carries this order; blank for none."""
    for refund in read.refunds_of_payment(payment_ref):
        if metadata(refund, ORDER) == order_token:
            return str(refund["id"])
    return ""


def told(payment_ref: str) -> Iterator[tuple[Notification, bytes]]:
    """Every refund of a payment, named by its id and its state."""
    for refund in read.refunds_of_payment(payment_ref):
        yield as_notification("refund.updated", refund, "status")


def dashboard(key: str, payment_ref: str) -> str:
    """Stripe's own page about a payment."""
    mode = "/test" if key.startswith(("sk_test_", "rk_test_")) else ""
    return f"{DASHBOARD}{mode}/payments/{payment_ref}"
