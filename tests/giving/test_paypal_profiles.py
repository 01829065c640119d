"""The newer kind of subscription at PayPal, in which everything has another name."""

from datetime import UTC, datetime

import pytest

from donations.giving.models import Donation, Subscription
from donations.money import Money
from tests.paypalroom import MANNERS, Manner, PayPalRoom

FIVE = Money(500, "EUR")
# What a message about a profile has and one about its payments has not, and the other way round.
NO_MONEY: dict[str, str | None] = dict.fromkeys(
    ("mc_currency", "mc_gross", "mc_fee", "txn_id", "payment_status", "payment_date")
) | {"currency_code": "EUR"}
NEXT = "03:15:22 Dec 20, 2026 PST"
NEXT_AT = datetime(2026, 12, 20, 11, 15, 22, tzinfo=UTC)


@pytest.fixture(params=MANNERS[1:3])
def room(request: pytest.FixtureRequest, paypal_room: PayPalRoom) -> PayPalRoom:
    manner: Manner = request.param
    paypal_room.manner = manner
    paypal_room.promise("pledge-3", interval="month", amount_minor=500)
    return paypal_room


def happen(room: PayPalRoom, kind: str, **changes: str | None) -> None:
    """Something about the profile that is no payment."""
    room.happen("recurring_payment", txn_type=kind, **{**NO_MONEY, **changes})


def test_a_first_instalment_tells_the_terms(room: PayPalRoom) -> None:
    room.happen("recurring_payment", next_payment_date=NEXT)
    room.finish()

    subscription, donation = room.subscription(), Donation.objects.get()
    assert (subscription.money, subscription.interval) == (FIVE, "month")
    assert subscription.next_payment_at == NEXT_AT
    assert (donation.subscription, donation.is_first) == (subscription, True)
    assert donation.pledge is not None
    assert donation.pledge.token == "pledge-3"
    assert room.letters() == ["thanks_subscription"]


def test_a_profile_is_made_paid_and_given_up(room: PayPalRoom) -> None:
    happen(room, "recurring_payment_profile_created", next_payment_date=NEXT)
    if room.is_live:
        assert (room.subscription().money, room.donations()) == (FIVE, [])
    room.happen("recurring_payment", next_payment_date=NEXT)
    happen(room, "recurring_payment_profile_cancel", profile_status="Cancelled")
    room.finish()

    subscription = room.subscription()
    assert subscription.status == Subscription.Status.CANCELED
    assert subscription.end_reason == "canceled"
    assert room.donations() == [FIVE]
    assert room.letters() == ["support_ended", "thanks_subscription"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("recurring_payment_failed", Subscription.Status.PAST_DUE),
        ("recurring_payment_skipped", Subscription.Status.PAST_DUE),
        ("recurring_payment_outstanding_payment_failed", Subscription.Status.PAST_DUE),
        ("recurring_payment_suspended_due_to_max_failed_payment", Subscription.Status.PAST_DUE),
        ("recurring_payment_suspended", Subscription.Status.PAUSED),
        ("recurring_payment_profile_cancel", Subscription.Status.CANCELED),
        ("recurring_payment_expired", Subscription.Status.CANCELED),
    ],
)
def test_what_becomes_of_a_profile(room: PayPalRoom, kind: str, status: str) -> None:
    room.happen("recurring_payment", next_payment_date=NEXT)
    happen(room, kind)
    room.finish()

    assert room.subscription().status == status
    assert room.subscription().period_end == NEXT_AT
    assert room.donations() == [FIVE]


def test_what_was_outstanding_is_paid(room: PayPalRoom) -> None:
    happen(room, "recurring_payment_failed", retry_at="03:00:00 Nov 21, 2026 PST")
    room.happen(
        "recurring_payment",
        txn_type="recurring_payment_outstanding_payment",
        payment_date="03:15:22 Nov 22, 2046 PST",
    )
    room.finish()

    assert room.subscription().status == Subscription.Status.ACTIVE
    assert room.donations() == [FIVE]


@pytest.mark.parametrize("status", ["Failed", "Pending", "Denied"])
def test_an_instalment_that_did_not_come_says_nothing(room: PayPalRoom, status: str) -> None:
    happen(room, "recurring_payment_profile_created")
    happen(room, "recurring_payment_failed")
    room.happen("recurring_payment", payment_status=status)
    room.finish()

    assert room.donations() == []
    assert room.subscription().status == Subscription.Status.PAST_DUE
