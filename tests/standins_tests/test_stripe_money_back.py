"""Refunds and disputes."""

from typing import Any

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import JsonDict, create, gift, paid, plain, types


@pytest.fixture
def charge(standin: StripeStandin, client: stripe.StripeClient) -> JsonDict:
    """10 euro, paid."""
    session = paid(standin, client, gift(1000))
    return standin.object(standin.object(session["payment_intent"])["latest_charge"])


def test_a_partial_refund_and_the_rest(
    standin: StripeStandin, client: stripe.StripeClient, charge: JsonDict
) -> None:
    seen = len(standin.events)
    first = client.v1.refunds.create(
        {"payment_intent": charge["payment_intent"], "amount": 400, "metadata": {"by": "staff"}}
    )
    assert (first.status, first.amount) == ("succeeded", 400)
    assert plain(first)["metadata"] == {"by": "staff"}
    assert types(standin, seen) == ["refund.created", "charge.refunded", "refund.updated"]
    assert (charge["amount_refunded"], charge["refunded"]) == (400, False)
    second = client.v1.refunds.create({"charge": charge["id"]})
    assert second.amount == 600
    assert charge["refunded"] is True
    transaction = standin.object(standin.object(second.id)["balance_transaction"])
    assert (transaction["amount"], transaction["fee"], transaction["type"]) == (-600, 0, "refund")


@pytest.mark.parametrize(
    ("asked", "param", "code"),
    [
        ({"amount": 1001}, "amount", "parameter_invalid_integer"),
        ({"amount": 0}, "amount", "parameter_invalid_integer"),
        ({"reason": "bored"}, "reason", None),
        ({"charge": "ch_x"}, None, None),
        ({"note": "x"}, "note", "parameter_unknown"),
    ],
)
def test_wrong_refunds(
    client: stripe.StripeClient, charge: JsonDict, asked: Any, param: str, code: str
) -> None:
    asked = {"payment_intent": charge["payment_intent"], **asked}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create(asked)
    assert (refused.value.param, refused.value.code) == (param, code)
    assert charge["amount_refunded"] == 0


def test_nothing_left_to_refund(
    standin: StripeStandin, client: stripe.StripeClient, charge: JsonDict
) -> None:
    standin.refund(charge["id"])
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": charge["id"]})
    assert refused.value.code == "charge_already_refunded"


def test_an_unpaid_session_has_nothing_to_refund(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift())
    standin.pay_delayed(session.id)
    intent = standin.object(session.id)["payment_intent"]
    with pytest.raises(stripe.InvalidRequestError, match="has not succeeded"):
        client.v1.refunds.create({"payment_intent": intent})


def test_a_pending_refund_fails(
    standin: StripeStandin, client: stripe.StripeClient, charge: JsonDict
) -> None:
    standin.settings.refund_status = "pending"
    refund = client.v1.refunds.create({"charge": charge["id"], "amount": 400})
    assert (refund.status, refund.balance_transaction) == ("pending", None)
    standin.fail_refund(refund.id)
    assert types(standin)[-2:] == ["refund.updated", "refund.failed"]
    assert charge["amount_refunded"] == 0


def test_a_pending_refund_succeeds(standin: StripeStandin, charge: JsonDict) -> None:
    refund = standin.refund(charge["id"], 400, status="pending")
    standin.complete_refund(refund)
    assert standin.object(refund)["status"] == "succeeded"
    assert standin.object(refund)["balance_transaction"] is not None


def test_a_refund_that_succeeded_can_still_fail(standin: StripeStandin, charge: JsonDict) -> None:
    refund = standin.refund(charge["id"])
    standin.fail_refund(refund)
    back = standin.object(standin.object(refund)["failure_balance_transaction"])
    assert back["amount"] == 1000
    assert (charge["amount_refunded"], charge["refunded"]) == (0, False)


def test_a_dispute_takes_money_and_a_fee_and_gives_it_back(
    standin: StripeStandin, client: stripe.StripeClient, charge: JsonDict
) -> None:
    seen = len(standin.events)
    dispute_id = standin.open_dispute(charge["payment_intent"])
    dispute = standin.object(dispute_id)
    taken = dispute["balance_transactions"][0]
    assert (taken["amount"], taken["fee"], taken["net"]) == (-1000, 1500, -2500)
    assert charge["disputed"] is True
    assert dispute["metadata"] == {}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": charge["id"]})
    assert refused.value.code == "charge_disputed"
    standin.answer_dispute(dispute_id)
    standin.close_dispute(dispute_id, "won")
    assert [one["amount"] for one in dispute["balance_transactions"]] == [-1000, 1000]
    assert types(standin, seen) == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]


def test_a_lost_dispute_gives_nothing_back(standin: StripeStandin, charge: JsonDict) -> None:
    dispute_id = standin.open_dispute(charge["id"], amount=300)
    standin.close_dispute(dispute_id, "lost")
    assert types(standin)[-1] == "charge.dispute.closed"
    assert len(standin.object(dispute_id)["balance_transactions"]) == 1


def test_an_inquiry_moves_no_money(
    standin: StripeStandin, client: stripe.StripeClient, charge: JsonDict
) -> None:
    dispute_id = standin.open_dispute(charge["id"], inquiry=True)
    standin.close_dispute(dispute_id)
    dispute = standin.object(dispute_id)
    assert (dispute["status"], dispute["balance_transactions"]) == ("warning_closed", [])
    assert client.v1.refunds.create({"charge": charge["id"]}).status == "succeeded"


def test_a_dispute_after_a_refund_takes_it_a_second_time(
    standin: StripeStandin, charge: JsonDict
) -> None:
    standin.refund(charge["id"])
    dispute = standin.object(standin.open_dispute(charge["id"]))
    assert dispute["balance_transactions"][0]["amount"] == -1000
