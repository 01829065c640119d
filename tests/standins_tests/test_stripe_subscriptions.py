"""Renewals that work and fail, changes, pauses, endings, the portal."""

from datetime import UTC, datetime
from typing import Any

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import JsonDict, paid, pledge, types


@pytest.fixture
def sub(standin: StripeStandin, client: stripe.StripeClient) -> JsonDict:
    """Active since 31 January, 5 euro a month."""
    standin.now = int(datetime(2026, 1, 31, 10, tzinfo=UTC).timestamp())
    session = paid(standin, client, pledge(customer_email="ana@example.org"))
    return standin.object(session["subscription"])


def day(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).date().isoformat()


def period(sub: JsonDict) -> tuple[str, str]:
    item = sub["items"]["data"][0]
    return day(item["current_period_start"]), day(item["current_period_end"])


def test_months_keep_the_day_they_began_with(standin: StripeStandin, sub: JsonDict) -> None:
    assert period(sub) == ("2026-01-31", "2026-02-28")
    standin.renew(sub["id"])
    assert period(sub) == ("2026-02-28", "2026-03-31")


def test_a_year_is_a_year(standin: StripeStandin, client: stripe.StripeClient) -> None:
    standin.now = int(datetime(2028, 2, 29, tzinfo=UTC).timestamp())
    session = paid(standin, client, pledge(interval="year"))
    assert period(standin.object(session["subscription"])) == ("2028-02-29", "2029-02-28")


def test_a_renewal_bills_the_next_period(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    seen = len(standin.events)
    standin.renew(sub["id"])
    invoice = standin.object(sub["latest_invoice"])
    line = invoice["lines"]["data"][0]
    assert invoice["billing_reason"] == "subscription_cycle"
    assert (day(line["period"]["start"]), day(line["period"]["end"])) == period(sub)
    assert types(standin, seen) == [
        "customer.subscription.updated",
        "charge.succeeded",
        "payment_intent.succeeded",
        "invoice.paid",
        "invoice_payment.paid",
        "charge.updated",
    ]
    assert len(client.v1.invoices.list({"subscription": sub["id"]}).data) == 2


def test_a_failed_renewal_and_its_retry(standin: StripeStandin, sub: JsonDict) -> None:
    standin.fail_renewal(sub["id"])
    invoice = standin.object(sub["latest_invoice"])
    assert (sub["status"], invoice["status"], invoice["attempt_count"]) == ("past_due", "open", 1)
    assert invoice["next_payment_attempt"] > standin.now
    standin.fail_renewal(sub["id"], asks=True)
    assert invoice["attempt_count"] == 2
    seen = len(standin.events)
    standin.renew(sub["id"])
    assert (sub["status"], invoice["status"], invoice["attempt_count"]) == ("active", "paid", 3)
    assert types(standin, seen)[2:5] == [
        "invoice.paid",
        "invoice_payment.paid",
        "customer.subscription.updated",
    ]
    assert standin.events[-2]["data"]["previous_attributes"] == {"status": "past_due"}


def test_a_renewal_that_asks_for_authentication(standin: StripeStandin, sub: JsonDict) -> None:
    seen = len(standin.events)
    standin.fail_renewal(sub["id"], asks=True)
    assert types(standin, seen)[3:5] == [
        "invoice.payment_failed",
        "invoice.payment_action_required",
    ]


def test_the_last_failure_ends_it(standin: StripeStandin, sub: JsonDict) -> None:
    standin.fail_renewal(sub["id"], final=True)
    assert standin.object(sub["latest_invoice"])["next_payment_attempt"] is None
    assert sub["status"] == "canceled"
    assert sub["cancellation_details"]["reason"] == "payment_failed"
    assert types(standin)[-1] == "customer.subscription.deleted"


@pytest.mark.parametrize("status", ["unpaid", "past_due"])
def test_the_last_failure_may_leave_it(standin: StripeStandin, sub: JsonDict, status: str) -> None:
    standin.fail_renewal(sub["id"], final=True, then=status)
    assert sub["status"] == status


def change(sub: JsonDict, amount: int, **more: Any) -> Any:
    item = sub["items"]["data"][0]
    data = {"currency": "eur", "product": item["price"]["product"], "unit_amount": amount}
    data["recurring"] = {"interval": "month"}
    return {"items": [{"id": item["id"], "price_data": data}], **more}


def test_another_amount_from_the_next_period_on(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    client.v1.subscriptions.update(sub["id"], change(sub, 700, proration_behavior="none"))
    assert sub["items"]["data"][0]["price"]["unit_amount"] == 700
    assert list(standin.events[-1]["data"]["previous_attributes"]) == ["items"]
    standin.renew(sub["id"])
    assert standin.object(sub["latest_invoice"])["amount_paid"] == 700


def test_forgetting_proration_none_bills_the_rest_of_the_period(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    standin.advance(days=14)
    client.v1.subscriptions.update(sub["id"], change(sub, 700))
    standin.renew(sub["id"])
    assert standin.object(sub["latest_invoice"])["amount_paid"] == 800


def test_forgetting_the_item_id_adds_a_second_one(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    asked = change(sub, 700)
    del asked["items"][0]["id"]
    client.v1.subscriptions.update(sub["id"], asked)
    standin.renew(sub["id"])
    assert standin.object(sub["latest_invoice"])["amount_paid"] == 1200


@pytest.mark.parametrize(
    ("asked", "param"),
    [
        ({"billing_cycle_anchor": "now"}, "billing_cycle_anchor"),
        ({"pause_collection": {"behavior": "skip"}}, "pause_collection[behavior]"),
        ({"cancel_at_period_end": "maybe"}, "cancel_at_period_end"),
        ({"metadata": {"k": "v" * 501}}, "metadata[k]"),
        ({"amount": 5}, "amount"),
        ({"trial_end": "now"}, "trial_end"),
        ({"items": [{"id": "si_x", "quantity": 2}]}, "items[0][id]"),
        ({"items": [{"price_data": {"currency": "eur"}}]}, "items[0][price_data][product]"),
    ],
)
def test_wrong_changes(client: stripe.StripeClient, sub: JsonDict, asked: Any, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.subscriptions.update(sub["id"], asked)
    assert refused.value.param == param


def test_a_change_refused_halfway_changes_nothing(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    asked: Any = {"metadata": {"a": "1"}, "items": [{"id": "si_x", "quantity": 2}]}
    seen = len(standin.events)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.subscriptions.update(sub["id"], asked)
    assert sub["metadata"] == {}
    assert types(standin, seen) == []


def test_pausing_collects_nothing(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    client.v1.subscriptions.update(sub["id"], {"pause_collection": {"behavior": "void"}})
    assert sub["status"] == "active"
    standin.renew(sub["id"])
    assert standin.object(sub["latest_invoice"])["status"] == "void"
    assert types(standin)[-1] == "invoice.voided"
    client.v1.subscriptions.update(sub["id"], {"pause_collection": ""})
    assert standin.events[-1]["data"]["previous_attributes"]["pause_collection"] == {
        "behavior": "void",
        "resumes_at": None,
    }
    standin.renew(sub["id"])
    assert standin.object(sub["latest_invoice"])["status"] == "paid"


def test_a_pause_ends_by_itself(standin: StripeStandin, sub: JsonDict) -> None:
    standin.pause(sub["id"], resumes_at=standin.now + 40 * 86400)
    standin.advance(days=31)
    standin.renew(sub["id"])
    assert standin.object(sub["latest_invoice"])["status"] == "void"
    standin.advance(days=31)
    standin.renew(sub["id"])
    assert sub["pause_collection"] is None
    assert standin.object(sub["latest_invoice"])["status"] == "paid"


def test_metadata_is_merged_and_removed(client: stripe.StripeClient, sub: JsonDict) -> None:
    client.v1.subscriptions.update(sub["id"], {"metadata": {"a": "1", "b": "2"}})
    client.v1.subscriptions.update(sub["id"], {"metadata": {"a": ""}})
    assert sub["metadata"] == {"b": "2"}
    client.v1.subscriptions.update(sub["id"], {"metadata": ""})
    assert sub["metadata"] == {}


def test_ending_with_the_period(
    standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict
) -> None:
    client.v1.subscriptions.update(sub["id"], {"cancel_at_period_end": True})
    assert (sub["status"], day(sub["cancel_at"])) == ("active", "2026-02-28")
    client.v1.subscriptions.update(sub["id"], {"cancel_at_period_end": False})
    assert (sub["cancel_at"], sub["canceled_at"]) == (None, None)
    client.v1.subscriptions.update(sub["id"], {"cancel_at_period_end": True})
    standin.advance(days=40)
    standin.run_due()
    assert sub["status"] == "canceled"
    assert types(standin)[-1] == "customer.subscription.deleted"


def test_ending_now(standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict) -> None:
    gone = client.v1.subscriptions.cancel(sub["id"])
    assert (gone.status, gone.ended_at) == ("canceled", standin.now)
    assert sub["cancellation_details"]["reason"] == "cancellation_requested"
    with pytest.raises(stripe.InvalidRequestError, match="No such subscription"):
        client.v1.subscriptions.cancel(sub["id"])
    with pytest.raises(stripe.InvalidRequestError, match="canceled subscription can only"):
        client.v1.subscriptions.update(sub["id"], {"cancel_at_period_end": True})


def test_what_is_due_is_renewed(standin: StripeStandin, sub: JsonDict) -> None:
    standin.advance(days=70)
    standin.run_due()
    assert period(sub) == ("2026-03-31", "2026-04-30")


def test_the_portal(standin: StripeStandin, client: stripe.StripeClient, sub: JsonDict) -> None:
    asked = {"customer": sub["customer"], "return_url": "http://shop.example/me"}
    session = client.v1.billing_portal.sessions.create(asked)  # type: ignore[arg-type]
    assert session.url == f"{standin.base_url}/portal/{session.id}"
    standin.change_card(session.id, "4000000000000341")
    standin.renew(sub["id"])
    assert sub["status"] == "past_due"


@pytest.mark.parametrize(
    ("asked", "param"),
    [
        ({}, "customer"),
        ({"customer": "cus_x"}, "customer"),
        ({"customer": "cus_x", "flow_data": {"type": "bye"}}, "flow_data[type]"),
    ],
)
def test_wrong_portal_sessions(
    standin: StripeStandin, client: stripe.StripeClient, asked: Any, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.billing_portal.sessions.create(asked)
    assert refused.value.param == param
