"""Events as they arrive: signed, retried, and as ill-mannered as asked for."""

import time

import pytest
import stripe

from tests.standins.common.manners import Manners
from tests.standins.stripe import StripeStandin

from .asks import gift, paid
from .receiver import SECRET, Receiver

GIFT = [
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
    "charge.updated",
]


def test_events_arrive_signed_and_in_order(
    posting: StripeStandin, posting_client: stripe.StripeClient, receiver: Receiver
) -> None:
    paid(posting, posting_client, gift())
    assert posting.wait_for_deliveries()
    assert receiver.types == GIFT
    event = receiver.events[2]
    assert event.api_version == "2026-10-28.endive"
    assert event.livemode is False
    assert [attempt.status for attempt in posting.deliveries] == [200] * 4
    delivered = posting_client.v1.events.list({"delivery_success": True})
    assert len(delivered.data) == 4


def test_an_event_names_the_request_that_caused_it(
    posting: StripeStandin, posting_client: stripe.StripeClient
) -> None:
    paid(posting, posting_client, gift())
    intent = posting.events[1]["data"]["object"]["id"]
    posting_client.v1.refunds.create({"payment_intent": intent}, {"idempotency_key": "r:1"})
    assert posting.events[0]["request"] == {"id": None, "idempotency_key": None}
    assert posting.events[-1]["request"]["idempotency_key"] == "r:1"


def test_a_refused_event_comes_again_signed_anew(
    posting: StripeStandin, posting_client: stripe.StripeClient, receiver: Receiver
) -> None:
    receiver.answers = [500, 302]
    posting.courier.retry_delays = (1.0, 0.01)
    posting.emit("charge.updated", {"id": "ch_1", "object": "charge"})
    assert posting.wait_for_deliveries()
    assert [attempt.status for attempt in posting.deliveries] == [500, 302, 200]
    assert len({body for body, _ in receiver.posts}) == 1
    assert len({signature for _, signature in receiver.posts}) >= 2


def test_in_the_end_it_gives_up(posting: StripeStandin, receiver: Receiver) -> None:
    receiver.answers = [500] * 9
    posting.emit("charge.updated", {"id": "ch_1", "object": "charge"})
    assert posting.wait_for_deliveries()
    assert [attempt.attempt for attempt in posting.deliveries] == [1, 2, 3]
    assert posting.events[0]["pending_webhooks"] == 1


def test_nobody_listens() -> None:
    with StripeStandin(webhook_url="http://127.0.0.1:9/") as standin:
        standin.courier.retry_delays = ()
        standin.emit("charge.updated", {"id": "ch_1", "object": "charge"})
        assert standin.wait_for_deliveries()
        [attempt] = standin.deliveries
    assert attempt.status is None
    assert "ConnectionRefused" in (attempt.error or "")


def test_twice(
    posting: StripeStandin, posting_client: stripe.StripeClient, receiver: Receiver
) -> None:
    posting.manners.twice = True
    paid(posting, posting_client, gift())
    assert posting.wait_for_deliveries()
    assert receiver.types == [kind for kind in GIFT for _ in range(2)]
    assert len({event.id for event in receiver.events}) == 4


def test_out_of_order(
    posting: StripeStandin, posting_client: stripe.StripeClient, receiver: Receiver
) -> None:
    posting.manners.out_of_order = True
    posting.manners.window = 0.1
    paid(posting, posting_client, gift())
    assert posting.wait_for_deliveries()
    assert receiver.types != GIFT
    assert sorted(receiver.types) == sorted(GIFT)


def test_late(posting: StripeStandin, receiver: Receiver) -> None:
    posting.manners.late = 0.2
    began = time.monotonic()
    posting.emit("charge.updated", {"id": "ch_1", "object": "charge"})
    assert time.monotonic() - began < 0.1
    assert posting.wait_for_deliveries()
    assert time.monotonic() - began >= 0.2


def test_hold_and_release(posting: StripeStandin, receiver: Receiver) -> None:
    posting.manners.hold = True
    posting.emit("charge.updated", {"id": "ch_1", "object": "charge"})
    assert posting.wait_for_deliveries()
    assert receiver.types == []
    posting.release()
    assert posting.wait_for_deliveries()
    assert receiver.types == ["charge.updated"]


def test_drop_is_still_among_the_events(
    posting: StripeStandin, posting_client: stripe.StripeClient, receiver: Receiver
) -> None:
    posting.manners.drop = True
    event = posting.emit("charge.updated", {"id": "ch_1", "object": "charge"})
    posting.manners.drop = False
    assert posting.wait_for_deliveries()
    assert receiver.types == []
    undelivered = posting_client.v1.events.list({"delivery_success": False})
    assert [one.id for one in undelivered.data] == [event["id"]]
    posting.resend(event["id"])
    assert posting.wait_for_deliveries()
    assert receiver.types == ["charge.updated"]


def test_signed_for_a_test_client(standin: StripeStandin, client: stripe.StripeClient) -> None:
    paid(standin, client, gift())
    body, headers = standin.signed(standin.events[2])
    signature = headers["Stripe-Signature"]
    event = stripe.Webhook.construct_event(body, signature, SECRET)
    assert event.type == "checkout.session.completed"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, signature, "whsec_other")
    _, old = standin.signed(standin.events[2], timestamp=1)
    assert old["Stripe-Signature"].startswith("t=1,")


def test_a_snapshot_does_not_follow_the_object(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift())
    intent = standin.object(session["payment_intent"])
    standin.refund(session["payment_intent"])
    assert standin.object(intent["latest_charge"])["amount_refunded"] == 1000
    assert standin.events[0]["data"]["object"]["amount_refunded"] == 0


def test_manners_are_read_from_words() -> None:
    assert Manners.parse("twice, late=3") == Manners(twice=True, late=3.0)
    assert Manners.parse("") == Manners()
    with pytest.raises(ValueError, match="unknown manner"):
        Manners.parse("rude")
