"""Agreements at PayPal to give again, each told in every manner: one row, the same donations."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from donations.giving import operations as giving
from donations.giving.models import Donation, Pledge, Subscription
from donations.money import Money
from tests.paypalroom import MANNERS, Manner, PayPalRoom

FIVE = Money(500, "EUR")
NEW, OLD = "I-ABCDE1234567", "S-1AB23456CD789012E"
BEGAN = datetime(2026, 11, 20, 11, 15, 22, tzinfo=UTC)
# Before anybody runs this, so that "now" is always later.
STOPPED = {"subscr_date": "11:00:00 Nov 21, 2026 PST", "old_subscr_id": None}
STOPPED_AT = datetime(2026, 11, 21, 19, tzinfo=UTC)


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, paypal_room: PayPalRoom) -> PayPalRoom:
    manner: Manner = request.param
    paypal_room.manner = manner
    paypal_room.promise("pledge-3", interval="month", amount_minor=500)
    return paypal_room


def test_signing_up_is_no_money(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.finish()

    subscription = room.subscription()
    assert subscription.status == Subscription.Status.ACTIVE
    assert (subscription.money, subscription.interval) == (FIVE, "month")
    assert subscription.created_at == BEGAN
    assert room.donations() == []
    assert room.letters() == []
    assert Pledge.objects.get().status == Pledge.Status.OPEN


def test_a_first_instalment(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.finish()

    subscription, donation = room.subscription(), Donation.objects.get()
    assert subscription.pledge == Pledge.objects.get(token="pledge-3")
    assert subscription.supporter is not None
    assert subscription.supporter.email == "ana@example.org"
    assert donation.subscription == subscription
    assert (donation.money, donation.is_first) == (FIVE, True)
    assert donation.fee == Money(52, "EUR")
    assert room.letters() == ["thanks_subscription"]
    assert Pledge.objects.get().status == Pledge.Status.FULFILLED


def test_an_instalment_before_its_beginning_is_told(room: PayPalRoom) -> None:
    room.happen("subscr_payment_1")
    if room.is_live:
        assert room.subscription().money == FIVE
        assert room.subscription().interval == "month", "as it was promised"
    room.happen("subscr_signup")
    room.finish()

    assert room.subscription().interval == "month"
    assert room.donations() == [FIVE]


def test_the_earlier_instalment_is_the_first(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.happen("subscr_payment_2")
    room.finish()

    firsts = Donation.objects.order_by("received_at").values_list("is_first", flat=True)
    assert list(firsts) == [True, False]
    assert set(Donation.objects.values_list("pledge__token", flat=True)) == {"pledge-3"}
    if room.is_live:
        assert room.letters() == ["receipt", "thanks_subscription"]


def test_a_subscription_that_nobody_told_of_before(room: PayPalRoom) -> None:
    room.happen("subscr_payment_2", custom=None)
    room.finish()

    subscription = room.subscription()
    assert (subscription.money, subscription.interval) == (FIVE, "other")
    assert (subscription.pledge, subscription.supporter) == (None, None)
    assert len(room.letters()) == 1


def test_paypal_gave_it_another_name(room: PayPalRoom) -> None:
    room.happen("subscr_signup", subscr_id=OLD)
    room.happen("subscr_payment_1", subscr_id=OLD)
    room.happen("subscr_payment_2", old_subscr_id=OLD)
    room.finish()

    subscription = room.subscription()
    assert (subscription.gateway_ref, subscription.old_ref) == (NEW, OLD)
    assert subscription.created_at == BEGAN
    assert set(Donation.objects.values_list("subscription", flat=True)) == {subscription.pk}
    assert sorted(Donation.objects.values_list("is_first", flat=True)) == [False, True]


def test_the_new_name_is_used_before_it_is_told(room: PayPalRoom) -> None:
    """Of the old name's payment only PayPal's record of it knows the pledge."""
    room.happen("subscr_payment_1", subscr_id=OLD)
    room.happen("subscr_payment_2", custom=None)
    room.happen("subscr_cancel")
    room.finish()

    subscription = room.subscription()
    assert (subscription.gateway_ref, subscription.old_ref) == (NEW, OLD)
    assert subscription.status == Subscription.Status.CANCELED
    assert set(Donation.objects.values_list("subscription", flat=True)) == {subscription.pk}
    assert set(Donation.objects.values_list("pledge__token", flat=True)) == {"pledge-3"}
    assert sorted(Donation.objects.values_list("is_first", flat=True)) == [False, True]


def test_it_ends_when_it_is_cancelled_and_what_is_told_later_is_no_news(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.happen("subscr_cancel", **STOPPED)
    if room.is_live:
        assert room.subscription().ended_at == STOPPED_AT
    room.happen("subscr_eot")
    room.finish()

    subscription = room.subscription()
    assert subscription.status == Subscription.Status.CANCELED
    assert (subscription.ended_at, subscription.end_reason) == (STOPPED_AT, "canceled")
    assert room.letters() == ["support_ended", "thanks_subscription"]


def test_a_supporter_whom_staff_named_is_told_too_that_it_ended(paypal_room: PayPalRoom) -> None:
    for message in ("subscr_signup", "subscr_payment_1"):
        paypal_room.happen(message, custom="")
    giving.create_supporter(donation=Donation.objects.get(), by=None, at=timezone.now())
    paypal_room.happen("subscr_cancel", custom="")

    assert paypal_room.letters() == ["support_ended", "thanks_subscription"]


def test_a_term_that_is_over(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.happen("subscr_eot")
    room.finish()

    assert room.subscription().status == Subscription.Status.CANCELED
    assert room.subscription().end_reason == "ended"


def test_a_payment_that_arrives_after_the_end_begins_nothing(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_cancel", **STOPPED)
    room.happen("subscr_payment_2")
    room.finish()

    assert room.subscription().status == Subscription.Status.CANCELED
    assert room.donations() == [FIVE]


def test_a_failed_instalment_and_then_a_paid_one(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.happen("subscr_failed", retry_at="10:00:00 Dec 19, 2026 PST")
    if room.is_live:
        assert room.subscription().status == Subscription.Status.PAST_DUE
    room.happen("subscr_payment_2")
    room.finish()

    assert room.subscription().status == Subscription.Status.ACTIVE
    assert room.donations() == [FIVE, FIVE]


@pytest.mark.parametrize(
    ("retry_at", "words"),
    [(None, "did not go through several times"), ("10:00:00 Nov 23, 2026 PST", "as you asked")],
)
def test_paypal_gives_up_or_the_supporter_does(
    paypal_room: PayPalRoom, retry_at: str | None, words: str
) -> None:
    paypal_room.promise("pledge-3", interval="month", language="en")
    paypal_room.happen("subscr_signup")
    paypal_room.happen("subscr_payment_1")
    paypal_room.happen("subscr_failed", retry_at=retry_at)
    paypal_room.happen("subscr_cancel", **STOPPED)
    paypal_room.finish()

    assert words in paypal_room.read_letters()[-1]


def test_another_amount_from_the_next_time_on(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.happen("subscr_modify")
    room.happen("subscr_payment_2", mc_gross="8.00", mc_fee="0.62")
    room.finish()

    assert room.subscription().money == Money(800, "EUR")
    assert room.donations() == [FIVE, Money(800, "EUR")]


def test_every_year(room: PayPalRoom) -> None:
    room.happen("subscr_signup", period3="1 Y", mc_amount3="50.00")
    room.happen("subscr_payment_1", mc_gross="50.00")
    room.finish()

    assert room.subscription().interval == "year"
    assert room.subscription().money == Money(5000, "EUR")


def test_a_rhythm_of_its_own(room: PayPalRoom) -> None:
    room.happen("subscr_signup", period3="2 W", custom=None)
    room.finish()

    assert room.subscription().interval == "other"


def test_a_refunded_instalment(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1")
    room.happen(
        "refund_full",
        parent_txn_id="4AB00021XX0000001",
        mc_gross="-5.00",
        mc_fee="-0.17",
        subscr_id=NEW,
        custom="pledge-3",
    )
    room.finish()

    assert room.balance()["income:refunds"] == 500
    assert room.subscription().status == Subscription.Status.ACTIVE


def test_an_instalment_that_is_pending_is_no_money_and_no_news(room: PayPalRoom) -> None:
    room.happen("subscr_signup")
    room.happen("subscr_payment_1", payment_status="Pending", pending_reason="echeck")
    room.finish()

    assert room.donations() == []
    assert room.subscription().status == Subscription.Status.ACTIVE


def test_an_end_of_something_that_nobody_knows_waits(paypal_room: PayPalRoom) -> None:
    paypal_room.happen("subscr_eot", custom=None)

    assert paypal_room.states() == ["pending"]
    assert not Subscription.objects.exists()
