"""Rarer turns at Stripe: recovered pages, late expiry, changed amounts, money outside of Stripe."""

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from donations.gateways.stripe.client import client
from donations.giving.models import Donation, Pledge
from donations.money import Money
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import LEASE
from tests.newsroom import MANNERS, Manner, Newsroom

TEN, FIVE, SEVEN = Money(1000, "EUR"), Money(500, "EUR"), Money(700, "EUR")


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, newsroom: Newsroom) -> Newsroom:
    manner: Manner = request.param
    newsroom.manner = manner
    return newsroom


def test_a_page_that_expired_and_was_recovered(room: Newsroom) -> None:
    expired = room.begin()
    room.stripe.expire(expired)
    room.tell()
    asked = next(r.params for r in room.stripe.requests if r.path == "/v1/checkout/sessions")
    recovered = client().v1.checkout.sessions.create(copy.deepcopy(asked))  # type: ignore[arg-type]
    room.stripe.object(recovered.id)["recovered_from"] = expired
    room.stripe.pay(recovered.id)
    room.tell()
    room.finish()

    assert room.donations() == [TEN]
    assert room.letters() == ["thanks"]
    assert Pledge.objects.get().status == Pledge.Status.FULFILLED


def test_a_late_word_of_expiry_does_not_undo_a_payment(room: Newsroom) -> None:
    pledge = room.give()
    room.stripe.emit("checkout.session.expired", room.stripe.object(pledge.checkout_ref))
    room.tell()
    room.finish()

    assert Pledge.objects.get().status == Pledge.Status.FULFILLED
    assert room.donations() == [TEN]


def test_an_amount_that_was_changed(room: Newsroom) -> None:
    ref = room.subscribe()
    item: dict[str, Any] = room.stripe.object(ref)["items"]["data"][0]
    client().v1.subscriptions.update(
        ref,
        {
            "items": [
                {
                    "id": item["id"],
                    "price_data": {
                        "currency": "eur",
                        "product": item["price"]["product"],
                        "recurring": {"interval": "month"},
                        "unit_amount": 700,
                    },
                }
            ],
            "proration_behavior": "none",
        },
    )
    room.tell()
    room.stripe.advance(days=31)
    room.stripe.renew(ref)
    room.tell()
    room.finish()

    assert room.donations() == [FIVE, SEVEN]
    assert room.subscription().money == SEVEN
    room.check_books()


def test_an_instalment_that_was_paid_outside_of_stripe(room: Newsroom) -> None:
    ref = room.subscribe()
    room.tell()
    room.stripe.advance(days=31)
    room.stripe.renew(ref)
    last = [e for e in room.stripe.events if e["type"] == "invoice.paid"][-1]
    room.stripe.object(last["data"]["object"]["id"])["amount_paid_off_stripe"] = 500
    room.stripe.object(last["data"]["object"]["id"])["payments"] = {"data": []}
    room.finish()

    assert room.donations() == [FIVE, FIVE]
    assert room.balance()["assets:outside"] == 500
    assert Donation.objects.filter(fee_minor=None).count() == 1


def test_an_invoice_over_nothing_is_no_money(room: Newsroom) -> None:
    ref = room.subscribe()
    room.tell()
    room.stripe.advance(days=31)
    room.stripe.renew(ref)
    last = [e for e in room.stripe.events if e["type"] == "invoice.paid"][-1]
    free = {**room.stripe.object(last["data"]["object"]["id"]), "amount_paid": 0}
    room.stripe.put(free)
    room.finish()

    assert room.donations() == [FIVE]


def test_the_thanks_page_before_the_notification(newsroom: Newsroom) -> None:
    newsroom.manner = "reversed"
    pledge = newsroom.give()
    page = newsroom.client.get("/ro/thanks/", {"session_id": pledge.checkout_ref})
    assert "Vă mulțumim!" in page.content.decode()
    assert newsroom.donations() == []

    newsroom.finish()
    assert newsroom.donations() == [TEN]
    assert newsroom.letters() == ["thanks"]


def test_a_worker_that_died_with_an_event_in_hand(newsroom: Newsroom) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    for event in newsroom.untold():
        newsroom.post(event)
    now = timezone.now()
    for event_id in InboundEvent.objects.values_list("pk", flat=True):
        assert InboundEvent.objects.claim(event_id=event_id, at=now, lease=LEASE)
        assert InboundEvent.objects.claim(event_id=event_id, at=now, lease=LEASE) is None
        late = now + LEASE + timedelta(seconds=1)
        assert InboundEvent.objects.due(at=late).filter(pk=event_id).exists()
    newsroom.settle()
    assert newsroom.donations() == [TEN]
