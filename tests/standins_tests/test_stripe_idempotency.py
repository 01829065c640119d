"""The same key again: the same answer, and nothing happens."""

import threading
import time

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import create, gift, paid


def test_the_second_time_gives_the_same_session(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    first, second = create(client, gift(), "cs:7:1"), create(client, gift(), "cs:7:1")
    assert first.id == second.id
    assert second.last_response is not None
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_second_time_gives_the_same_refund(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    intent = paid(standin, client, gift())["payment_intent"]
    for _ in range(2):
        client.v1.refunds.create(
            {"payment_intent": intent, "amount": 300}, {"idempotency_key": "refund:7:1"}
        )
    assert len(client.v1.refunds.list().data) == 1


def test_a_stored_answer_does_not_follow_the_object(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    first = create(client, gift(), "k")
    standin.expire(first.id)
    assert create(client, gift(), "k").status == "open"


def test_other_params_under_the_same_key_are_an_error(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    create(client, gift(1000), "k")
    with pytest.raises(stripe.IdempotencyError) as refused:
        create(client, gift(2000), "k")
    assert refused.value.http_status == 400


def test_a_refused_call_does_not_use_up_its_key(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        create(client, gift(mode="x"), "k")
    assert create(client, gift(), "k").id


def test_keys_belong_to_the_api_key(standin: StripeStandin, client: stripe.StripeClient) -> None:
    other = stripe.StripeClient("sk_test_y", base_addresses={"api": standin.base_url})
    assert create(client, gift(), "k").id != create(other, gift(), "k").id


def test_two_at_the_same_time(standin: StripeStandin, client: stripe.StripeClient) -> None:
    standin.fail_next("timeout", executed=False)
    slow = threading.Thread(target=lambda: _swallow(client))
    slow.start()
    while not standin.api.idempotency.kept:
        time.sleep(0.001)
    with pytest.raises(stripe.StripeError) as refused:
        create(client, gift(), "k")
    assert refused.value.http_status == 409
    standin.reset()  # lets the slow one go
    slow.join(5)
    assert create(client, gift(), "k").id


def _swallow(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.StripeError):
        create(client, gift(), "k")


def test_a_lost_answer_is_found_again_by_its_key(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    standin.fail_next("drop_connection")
    with pytest.raises(stripe.APIConnectionError):
        create(client, gift(), "k")
    assert create(client, gift(), "k").id
    assert len(client.v1.checkout.sessions.list().data) == 1
