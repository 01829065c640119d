"""Money on its way to the bank, and what is in it."""

from typing import Any

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import gift, paid, plain, types


@pytest.fixture
def earned(standin: StripeStandin, client: stripe.StripeClient) -> StripeStandin:
    """10 euro less 40 cents, and 5 less 33 of which 2 went back."""
    paid(standin, client, gift(1000))
    second = paid(standin, client, gift(500))
    standin.refund(second["payment_intent"], 200)
    return standin


def test_an_automatic_payout_takes_everything(
    earned: StripeStandin, client: stripe.StripeClient
) -> None:
    seen = len(earned.events)
    payout = earned.pay_out()
    got = plain(client.v1.payouts.retrieve(payout, {"expand": ["balance_transaction"]}))
    assert (got["amount"], got["status"], got["automatic"]) == (960 + 467 - 200, "pending", True)
    assert got["balance_transaction"]["amount"] == -1227
    assert got["reconciliation_status"] == "in_progress"
    earned.send_payout(payout)
    earned.complete_payout(payout)
    assert types(earned, seen) == [
        *("payout.created", "payout.updated", "payout.paid", "payout.reconciliation_completed")
    ]
    listed = client.v1.balance_transactions.list({"payout": payout, "expand": ["data.source"]})
    moves = [plain(one) for one in listed.data]
    assert sum(move["net"] for move in moves) == 0
    assert {move["reporting_category"] for move in moves} == {"charge", "refund", "payout"}
    assert {move["source"]["object"] for move in moves} == {"charge", "refund", "payout"}


def test_what_was_paid_out_is_not_paid_out_again(earned: StripeStandin) -> None:
    earned.pay_out()
    with pytest.raises(Exception, match="insufficient funds"):
        earned.pay_out()


def test_of_a_payout_by_hand_nobody_knows_what_is_in_it(
    earned: StripeStandin, client: stripe.StripeClient
) -> None:
    payout = earned.pay_out(automatic=False, amount=300)
    with pytest.raises(stripe.InvalidRequestError, match="automatic"):
        client.v1.balance_transactions.list({"payout": payout})
    assert client.v1.payouts.retrieve(payout).reconciliation_status == "not_applicable"


def test_the_bank_sends_it_back(earned: StripeStandin, client: stripe.StripeClient) -> None:
    payout = earned.pay_out()
    earned.complete_payout(payout)
    earned.fail_payout(payout)
    got = client.v1.payouts.retrieve(payout)
    assert (got.status, got.failure_code) == ("failed", "account_closed")
    assert earned.object(str(got.failure_balance_transaction))["type"] == "payout_failure"
    assert balance(client) == {"eur": 1227}


def test_called_off(earned: StripeStandin, client: stripe.StripeClient) -> None:
    payout = earned.pay_out(automatic=False)
    assert balance(client) == {"eur": 0}
    earned.cancel_payout(payout)
    assert balance(client) == {"eur": 1227}
    assert client.v1.payouts.retrieve(payout).status == "canceled"


@pytest.mark.parametrize("act", ["send_payout", "complete_payout", "cancel_payout", "fail_payout"])
def test_what_is_over_stays_so(earned: StripeStandin, act: str) -> None:
    payout = earned.pay_out()
    earned.fail_payout(payout)
    with pytest.raises(Exception, match=r"(?i)payout"):
        getattr(earned, act)(payout)


def test_filters(earned: StripeStandin, client: stripe.StripeClient) -> None:
    first = earned.pay_out(automatic=False, amount=100)
    earned.complete_payout(first)
    second = earned.pay_out(automatic=False, amount=200)
    payouts = client.v1.payouts
    assert [one.id for one in payouts.list({"status": "paid"}).data] == [first]
    assert [one.id for one in payouts.list().data] == [second, first]
    assert payouts.list({"created": {"lt": 5}}).data == []


@pytest.mark.parametrize("asked", [{"payout": "po_none"}, {"nonsense": "1"}])
def test_wrong_questions(client: stripe.StripeClient, asked: Any, earned: StripeStandin) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.balance_transactions.list(asked)


def balance(client: stripe.StripeClient) -> dict[str, int]:
    """What stands there, available or not."""
    found = plain(client.v1.balance.retrieve())
    sums: dict[str, int] = {}
    for part in (*found["available"], *found["pending"]):
        sums[part["currency"]] = sums.get(part["currency"], 0) + part["amount"]
    return sums
