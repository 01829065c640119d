"""Retrieving, expanding and listing, with the real SDK."""

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import create, gift, paid, plain, pledge


def test_expanding_a_session_down_to_its_fee(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift())
    path = "payment_intent.latest_charge.balance_transaction"
    got = plain(client.v1.checkout.sessions.retrieve(session["id"], {"expand": [path]}))
    assert got["payment_intent"]["latest_charge"]["balance_transaction"]["fee"] == 40
    assert standin.object(session["id"])["payment_intent"] == got["payment_intent"]["id"]


def test_expanding_an_intent_and_a_charge(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift())
    path = "latest_charge.balance_transaction"
    intent = plain(
        client.v1.payment_intents.retrieve(session["payment_intent"], {"expand": [path]})
    )
    charge_id = intent["latest_charge"]["id"]
    asked = ["balance_transaction", "refunds"]
    charge = plain(client.v1.charges.retrieve(charge_id, {"expand": asked}))
    assert charge["balance_transaction"] == intent["latest_charge"]["balance_transaction"]
    assert charge["refunds"]["data"] == []


def test_from_an_invoice_to_its_payment(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, pledge())
    path = "payments.data.payment.payment_intent"
    invoice = plain(client.v1.invoices.retrieve(session["invoice"], {"expand": [path]}))
    payment = invoice["payments"]["data"][0]
    assert payment["status"] == "paid"
    assert payment["payment"]["payment_intent"]["amount_received"] == 500


def test_from_an_invoice_to_its_fee_takes_the_list_of_invoice_payments(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, pledge())
    path = "data.payment.payment_intent.latest_charge"
    found = client.v1.invoice_payments.list({"invoice": session["invoice"], "expand": [path]})
    charge = plain(found.data[0])["payment"]["payment_intent"]["latest_charge"]
    assert charge["balance_transaction"].startswith("txn_")


def test_from_a_payment_to_its_invoice(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = paid(standin, client, pledge())
    paid(standin, client, pledge())
    invoice = client.v1.invoices.retrieve(session["invoice"], {"expand": ["payments"]})
    intent = plain(invoice)["payments"]["data"][0]["payment"]["payment_intent"]
    found = client.v1.invoice_payments.list(
        {"payment": {"type": "payment_intent", "payment_intent": intent}}
    )
    assert [one.invoice for one in found.data] == [invoice.id]


def test_more_than_four_levels_are_refused_as_in_reality(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, pledge())
    path = "payments.data.payment.payment_intent.latest_charge.balance_transaction"
    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels") as refused:
        client.v1.invoices.retrieve(session["invoice"], {"expand": [path]})
    assert refused.value.code == "property_expansion_max_depth"
    standin.settings.expand_levels = 6
    assert client.v1.invoices.retrieve(session["invoice"], {"expand": [path]}).id


@pytest.mark.parametrize("path", ["currency", "amount", "nonsense", "latest_charge.charge"])
def test_what_cannot_be_expanded(
    standin: StripeStandin, client: stripe.StripeClient, path: str
) -> None:
    session = paid(standin, client, gift())
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        client.v1.payment_intents.retrieve(session["payment_intent"], {"expand": [path]})


def test_every_kind_can_be_retrieved_and_listed(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, pledge(), "4000000000000259")
    invoice = plain(client.v1.invoices.retrieve(session["invoice"], {"expand": ["payments"]}))
    intent = invoice["payments"]["data"][0]["payment"]["payment_intent"]
    other = paid(standin, client, gift())
    standin.refund(other["payment_intent"])
    v1 = client.v1
    for service in (
        *(v1.checkout.sessions, v1.payment_intents, v1.charges, v1.balance_transactions),
        *(v1.invoices, v1.invoice_payments, v1.subscriptions, v1.refunds, v1.disputes),
        *(v1.customers, v1.events),
    ):
        listed = service.list({"limit": 1}).data[0]
        assert service.retrieve(listed.id).id == listed.id
    assert intent in [one.id for one in v1.payment_intents.list().data]


def test_paging_through_everything(standin: StripeStandin, client: stripe.StripeClient) -> None:
    made = [create(client, gift(100 + n)).id for n in range(25)]
    first = client.v1.checkout.sessions.list()
    assert (len(first.data), first.has_more, first.url) == (10, True, "/v1/checkout/sessions")
    pages = client.v1.checkout.sessions.list({"limit": 7})
    assert [one.id for one in pages.auto_paging_iter()] == made[::-1]
    before = client.v1.checkout.sessions.list({"ending_before": made[-3]})
    assert [one.id for one in before.data] == made[:-3:-1]
    assert before.has_more is False


def test_filters_of_sessions(standin: StripeStandin, client: stripe.StripeClient) -> None:
    standin.now = 1_800_000_000
    old = create(client, gift())
    standin.advance(hours=1)
    new = paid(standin, client, gift())
    sessions = client.v1.checkout.sessions
    assert [s.id for s in sessions.list({"created": {"gte": 1_800_003_600}}).data] == [new["id"]]
    assert [s.id for s in sessions.list({"created": {"lt": 1_800_003_600}}).data] == [old.id]
    assert [s.id for s in sessions.list({"status": "open"}).data] == [old.id]
    by_intent = sessions.list({"payment_intent": new["payment_intent"]})
    assert [s.id for s in by_intent.data] == [new["id"]]


def test_filters_of_events(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = paid(standin, client, gift())
    standin.refund(session["payment_intent"])
    events = client.v1.events
    two = events.list({"types": ["refund.created", "charge.refunded"]})
    assert [event.type for event in two.data] == ["charge.refunded", "refund.created"]
    assert {e.type for e in events.list({"type": "refund.*"}).data} == {
        "refund.created",
        "refund.updated",
    }
    assert events.list({"created": {"gt": standin.now + 1}}).data == []
    assert events.list({"delivery_success": True}).data == []
    assert len(events.list({"delivery_success": False}).data) == 7


def test_canceled_subscriptions_are_listed_only_when_asked_for(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, pledge())
    standin.cancel(session["subscription"])
    assert client.v1.subscriptions.list().data == []
    for status in ("all", "ended", "canceled"):
        listed = client.v1.subscriptions.list({"status": status})
        assert len(listed.data) == 1


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"starting_after": "cs_x"}])
def test_wrong_pages(
    standin: StripeStandin, client: stripe.StripeClient, params: dict[str, object]
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.list(params)  # type: ignore[arg-type]


def test_an_object_put_by_hand_is_returned(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    standin.put({"id": "pi_hand", "object": "payment_intent", "created": 1, "amount": 5})
    assert client.v1.payment_intents.retrieve("pi_hand").amount == 5
    standin.put({"id": "pi_hand", "object": "payment_intent", "created": 1, "amount": 6})
    assert client.v1.payment_intents.retrieve("pi_hand").amount == 6
