"""Agreements to give again, each told in every manner: one set of books."""

import pytest

from donations.giving.models import Donation, Pledge, Subscription
from donations.money import Money
from donations.outbox.models import Message
from tests.newsroom import MANNERS, Manner, Newsroom

FIVE = Money(500, "EUR")


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, newsroom: Newsroom) -> Newsroom:
    manner: Manner = request.param
    newsroom.manner = manner
    return newsroom


def live(room: Newsroom) -> bool:
    """Whether Stripe tells as it happens, so that what lies between can be seen too."""
    return room.manner in ("as it happens", "twice")


def test_a_first_instalment(room: Newsroom) -> None:
    room.subscribe()
    room.finish()

    subscription = room.subscription()
    assert subscription.status == Subscription.Status.ACTIVE
    assert subscription.money == FIVE
    assert subscription.supporter is not None
    assert subscription.supporter.email == "ana@example.org"
    assert subscription.next_payment_at is not None
    assert room.donations() == [FIVE]
    assert Donation.objects.get().fee is not None
    assert room.letters() == ["thanks_subscription"]
    assert Pledge.objects.get().status == Pledge.Status.FULFILLED
    room.check_books()


def test_a_renewal_has_a_receipt(room: Newsroom) -> None:
    ref = room.subscribe()
    room.stripe.advance(days=31)
    room.stripe.renew(ref)
    room.tell()
    room.finish()

    assert room.donations() == [FIVE, FIVE]
    assert room.letters() == ["receipt", "thanks_subscription"]
    assert room.balance()["income:donations"] == -1000
    room.check_books()


def test_a_failed_renewal_that_is_paid_at_last(room: Newsroom) -> None:
    ref = room.subscribe()
    room.stripe.advance(days=31)
    room.stripe.fail_renewal(ref)
    room.tell()
    if live(room):
        assert room.subscription().status == Subscription.Status.PAST_DUE
        assert room.letters() == ["payment_failed", "thanks_subscription"]
    room.stripe.fail_renewal(ref, asks=True)
    room.tell()
    if live(room):
        assert room.letters().count("payment_failed") == 2
    room.stripe.renew(ref)
    room.tell()
    room.finish()

    assert room.subscription().status == Subscription.Status.ACTIVE
    assert room.donations() == [FIVE, FIVE]
    assert room.letters().count("receipt") == 1
    if not live(room):
        assert "payment_failed" not in room.letters(), "what is paid by now needs no warning"
    room.check_books()


@pytest.mark.parametrize("then", ["canceled", "unpaid"])
def test_a_renewal_that_fails_for_good_ends_the_support(room: Newsroom, then: str) -> None:
    ref = room.subscribe()
    room.stripe.advance(days=31)
    room.stripe.fail_renewal(ref, final=True, then=then)
    room.tell()
    room.finish()

    assert room.subscription().status == Subscription.Status.CANCELED
    assert room.donations() == [FIVE]
    goodbye = Message.objects.get(kind=Message.Kind.SUPPORT_ENDED)
    assert goodbye.context["reason"] == "payment_failed"
    assert "/ro/?" in goodbye.context["support_url"]


def test_canceling_at_once(room: Newsroom) -> None:
    ref = room.subscribe()
    room.stripe.cancel(ref)
    room.tell()
    room.finish()

    assert room.subscription().status == Subscription.Status.CANCELED
    assert room.subscription().gateway_ref == ref
    assert room.letters() == ["support_ended", "thanks_subscription"]


def test_canceling_at_the_end_of_the_period(room: Newsroom) -> None:
    ref = room.subscribe()
    room.stripe.cancel_at_period_end(ref)
    room.tell()
    room.finish()

    subscription = room.subscription()
    assert subscription.status == Subscription.Status.ACTIVE
    assert subscription.cancel_at is not None
    assert subscription.next_payment_at is None
    if live(room) or room.manner == "never told":
        assert room.letters() == ["thanks_subscription"]


def test_a_pause_is_a_pause_and_no_failure(room: Newsroom) -> None:
    ref = room.subscribe()
    room.stripe.pause(ref)
    room.tell()
    if live(room):
        assert room.subscription().status == Subscription.Status.PAUSED
    room.stripe.resume(ref)
    room.tell()
    room.finish()

    assert room.subscription().status == Subscription.Status.ACTIVE
    assert room.letters() == ["thanks_subscription"]


def test_a_paused_renewal_is_voided_and_is_no_money(room: Newsroom) -> None:
    ref = room.subscribe()
    room.stripe.pause(ref)
    room.tell()
    room.stripe.advance(days=31)
    room.stripe.renew(ref)
    room.tell()
    room.finish()

    assert room.donations() == [FIVE]
    assert room.subscription().status == Subscription.Status.PAUSED


def test_a_refunded_instalment_is_found_by_its_payment(room: Newsroom) -> None:
    room.subscribe()
    room.tell()
    invoice = next(e for e in room.stripe.events if e["type"] == "invoice_payment.paid")
    room.stripe.refund(invoice["data"]["object"]["payment"]["payment_intent"])
    room.tell()
    room.finish()

    assert room.balance()["income:refunds"] == 500
    assert room.waiting() == []
    room.check_books()


def test_a_yearly_agreement(room: Newsroom) -> None:
    ref = room.subscribe(interval="year", money=Money(5000, "EUR"))
    room.stripe.advance(days=366)
    room.stripe.renew(ref)
    room.tell()
    room.finish()

    assert room.subscription().interval == "year"
    assert room.donations() == [Money(5000, "EUR"), Money(5000, "EUR")]


def test_an_odd_rhythm_loses_no_instalment(room: Newsroom) -> None:
    ref = room.subscribe()
    room.tell()
    price = room.stripe.object(ref)["items"]["data"][0]["price"]
    price["recurring"]["interval_count"] = 3
    room.stripe.advance(days=93)
    room.stripe.renew(ref)
    room.tell()
    room.finish()

    assert room.donations() == [FIVE, FIVE]
    assert room.subscription().interval == "other"
    assert Message.objects.filter(context__interval="month").count() == 2
    room.check_books()
