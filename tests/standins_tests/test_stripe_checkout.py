"""Sessions: created, paid with each test card, paid later, expired."""

import stripe

from tests.standins.stripe import StripeStandin

from .asks import create, gift, paid, plain, pledge, types


def test_a_new_session_is_open_and_says_what_was_asked(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = plain(
        create(
            client,
            gift(
                2500,
                "ron",
                customer_email="ana@example.org",
                client_reference_id="pledge_7",
                locale="ro",
                submit_type="donate",
                adaptive_pricing={"enabled": False},
                metadata={"pledge": "7"},
            ),
        )
    )
    assert session["id"].startswith("cs_test_")
    assert session["status"] == "open"
    assert session["payment_status"] == "unpaid"
    assert (session["amount_total"], session["currency"]) == (2500, "ron")
    assert session["url"] == f"{standin.base_url}/pay/{session['id']}"
    assert session["client_reference_id"] == "pledge_7"
    assert session["metadata"] == {"pledge": "7"}
    assert session["expires_at"] - session["created"] == 86400
    assert session["livemode"] is False


def test_a_gift_makes_a_payment_and_tells_in_order(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift(payment_intent_data={"metadata": {"pledge": "7"}}))
    assert (session["status"], session["payment_status"]) == ("complete", "paid")
    assert session["url"] is None
    assert session["customer"] is None
    intent = standin.object(session["payment_intent"])
    assert intent["status"] == "succeeded"
    assert intent["metadata"] == {"pledge": "7"}
    assert types(standin) == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
        "charge.updated",
    ]


def test_metadata_does_not_spread_by_itself(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift(metadata={"pledge": "7"}))
    assert standin.object(session["payment_intent"])["metadata"] == {}


def test_the_fee_is_unknown_until_charge_updated(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    paid(standin, client, gift(1000))
    first, last = standin.events[0], standin.events[-1]
    assert first["data"]["object"]["balance_transaction"] is None
    assert last["data"]["previous_attributes"] == {"balance_transaction": None}
    transaction = standin.object(last["data"]["object"]["balance_transaction"])
    assert (transaction["amount"], transaction["fee"], transaction["net"]) == (1000, 40, 960)
    assert transaction["currency"] == "eur"
    assert transaction["exchange_rate"] is None


def test_fees_can_be_kept_back(standin: StripeStandin, client: stripe.StripeClient) -> None:
    standin.settings.fees_later = True
    session = paid(standin, client, gift(1000))
    charge = standin.object(standin.object(session["payment_intent"])["latest_charge"])
    assert charge["balance_transaction"] is None
    standin.settle_fees()
    assert types(standin)[-1] == "charge.updated"
    assert standin.object(charge["id"])["balance_transaction"].startswith("txn_")


def test_leu_of_moldova_settles_in_euro(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift(20000, "mdl"))
    charge = standin.object(standin.object(session["payment_intent"])["latest_charge"])
    transaction = standin.object(charge["balance_transaction"])
    assert (charge["amount"], charge["currency"]) == (20000, "mdl")
    assert (transaction["amount"], transaction["currency"]) == (1012, "eur")
    assert transaction["exchange_rate"] == 0.0506


def test_yen_has_no_minor_unit(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = paid(standin, client, gift(1500, "jpy"))
    charge = standin.object(standin.object(session["payment_intent"])["latest_charge"])
    assert session["amount_total"] == 1500
    assert standin.object(charge["balance_transaction"])["amount"] == 900


def test_a_session_without_customer_email_keeps_what_was_typed(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift())
    standin.pay(session.id, email="ion@example.org")
    assert standin.object(session.id)["customer_details"]["email"] == "ion@example.org"


def test_customer_creation_always_makes_one(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    asked = gift(customer_creation="always", customer_email="ana@example.org")
    session = paid(standin, client, asked)
    customer = client.v1.customers.retrieve(session["customer"])
    assert customer.email == "ana@example.org"
    again = create(client, gift(customer=customer.id))
    assert again.customer == customer.id


def test_a_pledge_makes_customer_subscription_and_invoice(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    asked = pledge(
        customer_email="ana@example.org", subscription_data={"metadata": {"pledge": "3"}}
    )
    session = paid(standin, client, asked)
    sub = plain(client.v1.subscriptions.retrieve(session["subscription"]))
    invoice = plain(client.v1.invoices.retrieve(session["invoice"]))
    item = sub["items"]["data"][0]
    assert session["payment_intent"] is None
    assert sub["status"] == "active"
    assert sub["metadata"] == {"pledge": "3"}
    assert sub["customer"] == session["customer"]
    assert item["price"]["unit_amount"] == 500
    assert item["current_period_end"] - item["current_period_start"] >= 28 * 86400
    assert "current_period_end" not in sub
    assert (invoice["status"], invoice["amount_paid"]) == ("paid", 500)
    assert invoice["billing_reason"] == "subscription_create"
    assert invoice["parent"]["subscription_details"] == {
        "metadata": {"pledge": "3"},
        "subscription": sub["id"],
    }
    assert "payments" not in invoice


def test_a_pledge_tells_in_order(standin: StripeStandin, client: stripe.StripeClient) -> None:
    paid(standin, client, pledge())
    assert types(standin) == [
        "customer.subscription.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "invoice.paid",
        "invoice_payment.paid",
        "checkout.session.completed",
        "charge.updated",
    ]


def test_two_sessions_of_one_reader_have_their_own_customers(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    first = paid(standin, client, pledge(customer_email="ana@example.org"))
    second = paid(standin, client, pledge(customer_email="ana@example.org"))
    assert first["customer"] != second["customer"]


def test_expiring(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    expired = client.v1.checkout.sessions.expire(session.id)
    assert (expired.status, expired.url) == ("expired", None)
    assert types(standin) == ["checkout.session.expired"]


def test_a_session_expires_by_itself(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    standin.advance(days=1, seconds=1)
    standin.run_due()
    assert standin.object(session.id)["status"] == "expired"
    assert types(standin) == ["checkout.session.expired"]
