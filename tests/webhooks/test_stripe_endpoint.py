"""The door for Stripe's notifications: what comes in, what is refused, what is kept."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import stripe as sdk
from pytest_django import DjangoAssertNumQueries

from donations.giving.models import Donation
from donations.webhooks.models import InboundEvent
from tests.conftest import WEBHOOK_SECRET
from tests.newsroom import Newsroom

EVENT: dict[str, Any] = {
    "id": "evt_1",
    "object": "event",
    "api_version": "2026-10-28.endive",
    "created": 1795341600,
    "type": "customer.created",
    "livemode": False,
    "pending_webhooks": 1,
    "request": {"id": None, "idempotency_key": None},
    "data": {"object": {"id": "cus_1", "object": "customer"}},
}


def signed(body: str, *, age: int = 0, secret: str = WEBHOOK_SECRET) -> str:
    at = int(time.time()) - age
    return str(sdk.WebhookSignature.generate_signature_header(body, secret, at))


def post(newsroom: Newsroom, body: str, signature: str) -> int:
    return newsroom.post_raw(body.encode(), signature)


def test_an_event_is_stored_exactly_as_it_came(newsroom: Newsroom) -> None:
    body = json.dumps(EVENT, indent=3)
    assert post(newsroom, body, signed(body)) == 200

    event = InboundEvent.objects.get()
    assert bytes(event.body) == body.encode()
    assert (event.event_id, event.kind) == ("evt_1", "customer.created")


def test_the_second_time_it_is_acknowledged_and_kept_once(newsroom: Newsroom) -> None:
    body = json.dumps(EVENT)
    assert [post(newsroom, body, signed(body)) for _ in range(3)] == [200, 200, 200]
    assert InboundEvent.objects.count() == 1


def test_an_unknown_kind_is_acknowledged_and_done(newsroom: Newsroom) -> None:
    body = json.dumps({**EVENT, "type": "of.a.kind.to.come"})
    assert post(newsroom, body, signed(body)) == 200
    newsroom.settle()
    assert InboundEvent.objects.get().state == InboundEvent.State.DONE


def test_a_signature_of_299_seconds_is_still_good(newsroom: Newsroom) -> None:
    body = json.dumps(EVENT)
    assert post(newsroom, body, signed(body, age=298)) == 200


def test_two_signatures_while_the_secret_is_rolled(newsroom: Newsroom) -> None:
    body = json.dumps(EVENT)
    old = signed(body, secret="whsec_the_old_one")
    new = signed(body).split(",", 1)[1]
    assert post(newsroom, body, f"{old},{new}") == 200


BODY = json.dumps(EVENT)
REFUSED: dict[str, tuple[bytes, Callable[[], str]]] = {
    "stale": (BODY.encode(), lambda: signed(BODY, age=302)),
    "forged": (BODY.encode(), lambda: signed(BODY, secret="whsec_somebody_else")),
    "changed by a byte": (BODY.encode() + b" ", lambda: signed(BODY)),
    "no signature": (BODY.encode(), lambda: ""),
    "garbage": (BODY.encode(), lambda: "t=now,v1=please"),
    "not ASCII": (BODY.encode(), lambda: "t=1,v1=é"),
    "not UTF-8": (b"\xff\xfe", lambda: signed("x")),
    "signed null": (b"null", lambda: signed("null")),
    "signed list": (b"[]", lambda: signed("[]")),
    "signed nothing": (b"", lambda: signed("")),
    "signed no JSON": (b"hello", lambda: signed("hello")),
    "thin event": (
        b'{"id": "evt_1", "object": "v2.core.event", "type": "v1.invoice.paid"}',
        lambda: signed('{"id": "evt_1", "object": "v2.core.event", "type": "v1.invoice.paid"}'),
    ),
    "no id": (
        b'{"object": "event", "type": "x"}',
        lambda: signed('{"object": "event", "type": "x"}'),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_stripes_costs_no_query(
    newsroom: Newsroom, case: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body, signature = REFUSED[case]
    with django_assert_num_queries(0):
        assert newsroom.post_raw(body, signature()) == 400
    assert not InboundEvent.objects.exists()


def test_storing_is_a_single_statement(
    newsroom: Newsroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body = json.dumps(EVENT)
    with django_assert_num_queries(1):
        post(newsroom, body, signed(body))


def test_only_post(newsroom: Newsroom) -> None:
    assert newsroom.client.get("/webhooks/stripe/").status_code == 405


def test_an_unknown_provider_is_not_found(newsroom: Newsroom) -> None:
    assert newsroom.client.post("/webhooks/bitcoin/").status_code == 404


@pytest.mark.parametrize(
    "change", [{"livemode": True}, {"api_version": "2020-08-27"}], ids=["live mode", "old version"]
)
def test_what_is_not_for_us_is_set_aside(newsroom: Newsroom, change: dict[str, Any]) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    for event in newsroom.untold():
        newsroom.post({**event, **change})
    newsroom.settle()

    assert set(InboundEvent.objects.values_list("state", flat=True)) == {"parked"}
    assert not Donation.objects.exists()


def test_a_stripe_that_cannot_be_asked_makes_the_event_wait(newsroom: Newsroom) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    newsroom.stripe.fail_next("refuse_500", times=1000)
    newsroom.finish()
    assert not Donation.objects.exists()
    assert all("GatewayUnavailable" in reason for reason in newsroom.waiting())

    newsroom.stripe.api.faults.clear()
    newsroom.settle()
    InboundEvent.objects.update(next_attempt_at=InboundEvent.objects.latest("pk").received_at)
    newsroom.settle()
    assert Donation.objects.count() == 1


def test_a_page_of_somebody_else_in_the_same_account_is_no_pledge_of_ours(
    newsroom: Newsroom,
) -> None:
    pledge = newsroom.give()
    session = dict(newsroom.stripe.object(pledge.checkout_ref))
    newsroom.stripe.reset()
    Donation.objects.all().delete()
    session |= {"id": "cs_test_foreign", "metadata": {}, "client_reference_id": None}
    session |= {"payment_intent": {"id": "pi_foreign", "latest_charge": None}}
    newsroom.stripe.put(session)
    event = {**EVENT, "type": "checkout.session.completed", "data": {"object": session}}
    assert newsroom.post(event) == 200
    newsroom.settle()

    donation = Donation.objects.get()
    assert (donation.gateway_ref, donation.pledge) == ("pi_foreign", None)
    assert newsroom.letters() == ["thanks"], "only the first gift was thanked for"
