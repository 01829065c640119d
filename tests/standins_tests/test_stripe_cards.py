"""What each test card does."""

import pytest
import stripe

from tests.standins.stripe import AuthenticationNeededError, CardDeclinedError, StripeStandin
from tests.standins.stripe.acts.checkout import SessionClosedError

from .asks import create, gift, paid, pledge, types


def test_spaces_in_the_number_do_not_matter(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    assert paid(standin, client, gift(), "4242 4242 4242 4242")["status"] == "complete"


def test_insufficient_funds_leave_the_session_open(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift())
    with pytest.raises(CardDeclinedError, match="insufficient funds"):
        standin.pay(session.id, "4000000000009995")
    assert standin.object(session.id)["status"] == "open"
    assert types(standin) == ["charge.failed", "payment_intent.payment_failed"]


def test_after_a_decline_the_same_payment_intent_succeeds(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift())
    with pytest.raises(CardDeclinedError):
        standin.pay(session.id, "4000000000009995")
    before = standin.object(session.id)["payment_intent"]
    standin.pay(session.id)
    assert standin.object(session.id)["payment_intent"] == before
    assert standin.object(before)["status"] == "succeeded"


def test_a_declined_pledge_makes_no_subscription(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, pledge())
    with pytest.raises(CardDeclinedError):
        standin.pay(session.id, "4000000000000002")
    assert client.v1.subscriptions.list({"status": "all"}).data == []


def test_a_real_card_is_refused(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    with pytest.raises(CardDeclinedError, match="only test cards"):
        standin.pay(session.id, "4929000000000000")


def test_three_d_secure_asks_first(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    with pytest.raises(AuthenticationNeededError):
        standin.pay(session.id, "4000002500003155", authenticated=False)
    assert types(standin) == []
    standin.pay(session.id, "4000002500003155")
    assert standin.object(session.id)["payment_status"] == "paid"


def test_failed_three_d_secure(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    with pytest.raises(CardDeclinedError, match="authenticate"):
        standin.fail_authentication(session.id, "4000002500003155")
    intent = standin.object(standin.object(session.id)["payment_intent"])
    assert intent["last_payment_error"]["code"] == "payment_intent_authentication_failure"


def test_a_card_whose_renewals_fail(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = paid(standin, client, pledge(), "4000000000000341")
    standin.renew(session["subscription"])
    assert standin.object(session["subscription"])["status"] == "past_due"
    assert "invoice.payment_failed" in types(standin)


def test_a_card_whose_renewals_ask(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = paid(standin, client, pledge(), "4000002760003184")
    standin.renew(session["subscription"])
    assert "invoice.payment_action_required" in types(standin)


@pytest.mark.parametrize(
    ("card", "status"),
    [("4000000000000259", "needs_response"), ("4000000000001976", "warning_needs_response")],
)
def test_a_contested_card(
    standin: StripeStandin, client: stripe.StripeClient, card: str, status: str
) -> None:
    session = paid(standin, client, gift(), card)
    disputes = client.v1.disputes.list({"payment_intent": session["payment_intent"]}).data
    assert [dispute.status for dispute in disputes] == [status]


def test_paying_twice_is_refused(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    standin.pay(session.id)
    with pytest.raises(SessionClosedError):
        standin.pay(session.id)
    assert len(client.v1.payment_intents.list().data) == 1


def test_a_delayed_method_completes_unpaid_and_succeeds_later(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift())
    standin.pay_delayed(session.id)
    done = standin.object(session.id)
    assert (done["status"], done["payment_status"]) == ("complete", "unpaid")
    assert standin.object(done["payment_intent"])["status"] == "processing"
    assert types(standin) == ["checkout.session.completed"]
    standin.settle_delayed(session.id)
    assert types(standin)[1:] == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
        "charge.updated",
    ]
    assert standin.object(session.id)["payment_status"] == "paid"


def test_a_delayed_method_can_fail(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    standin.pay_delayed(session.id)
    standin.settle_delayed(session.id, succeeded=False)
    assert types(standin)[-1] == "checkout.session.async_payment_failed"
    assert standin.object(session.id)["payment_status"] == "unpaid"
    with pytest.raises(Exception, match="already decided"):
        standin.settle_delayed(session.id)


def test_a_delayed_pledge(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, pledge())
    standin.pay_delayed(session.id)
    assert "invoice.paid" not in types(standin)
    standin.settle_delayed(session.id)
    assert "invoice.paid" in types(standin)
    assert standin.object(standin.object(session.id)["invoice"])["status"] == "paid"
