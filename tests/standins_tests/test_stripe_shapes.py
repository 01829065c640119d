"""The installed SDK is the measure: no object has a field that it does not know."""

from typing import Any

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import gift, paid, pledge

KINDS: dict[str, Any] = {
    "balance_transaction": stripe.BalanceTransaction,
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "customer": stripe.Customer,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "invoice": stripe.Invoice,
    "invoice_payment": stripe.InvoicePayment,
    "payout": stripe.Payout,
    "payment_intent": stripe.PaymentIntent,
    "price": stripe.Price,
    "product": stripe.Product,
    "refund": stripe.Refund,
    "subscription": stripe.Subscription,
}

# Fields that tutorials still read and that are gone since Basil.
GONE = {
    "charge": {"invoice"},
    "invoice": {"subscription", "payment_intent", "charge", "paid"},
    "payment_intent": {"charges", "invoice"},
    "subscription": {"current_period_start", "current_period_end"},
}


@pytest.fixture
def busy(standin: StripeStandin, client: stripe.StripeClient) -> StripeStandin:
    paid(standin, client, pledge(), "4000000000000259")
    gift_paid = paid(standin, client, gift())
    standin.fail_refund(standin.refund(gift_paid["payment_intent"]))
    standin.pay_out()
    return standin


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_known_to_the_sdk(busy: StripeStandin, kind: str) -> None:
    known = {name for cls in KINDS[kind].__mro__ for name in getattr(cls, "__annotations__", {})}
    found = busy.world.newest_first(kind)
    assert found
    for obj in found:
        assert set(obj) <= known
        assert not set(obj) & GONE.get(kind, set())
