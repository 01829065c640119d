"""What can happen at Stripe, each told in every manner: one set of books."""

import pytest

from donations.giving.models import Dispute, Donation, Pledge, Refund
from donations.money import Money
from tests.newsroom import MANNERS, Manner, Newsroom

TEN = Money(1000, "EUR")
# The stand-in keeps 1.5 % and 25 cents.
FEE_OF_TEN, FEE_OF_FIVE = 40, 33


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, newsroom: Newsroom) -> Newsroom:
    manner: Manner = request.param
    newsroom.manner = manner
    return newsroom


def test_a_gift_is_recorded_and_thanked_once(room: Newsroom) -> None:
    room.give()
    room.finish()

    assert room.donations() == [TEN]
    assert Donation.objects.get().fee == Money(FEE_OF_TEN, "EUR")
    assert room.balance() == {
        "assets:stripe": 1000 - FEE_OF_TEN,
        "income:donations": -1000,
        "expenses:fees": FEE_OF_TEN,
    }
    assert room.letters() == ["thanks"]
    assert Pledge.objects.get().status == Pledge.Status.FULFILLED
    assert room.waiting() == []
    room.check_books()


def test_two_people_are_two_donations(room: Newsroom) -> None:
    room.give()
    room.give(email="ion@example.org")
    room.finish()

    assert room.donations() == [TEN, TEN]
    assert room.letters() == ["thanks", "thanks"]
    room.check_books()


def test_the_same_gift_again_after_it_was_paid_is_another_donation(room: Newsroom) -> None:
    room.give()
    room.finish()
    room.give()
    room.finish()

    assert room.donations() == [TEN, TEN]
    assert len(set(Donation.objects.values_list("pledge", flat=True))) == 2


def test_a_delayed_payment_counts_when_it_arrives(room: Newsroom) -> None:
    session = room.begin()
    room.stripe.pay_delayed(session)
    room.tell()
    if room.manner in ("as it happens", "twice"):
        assert room.donations() == []
        assert room.letters() == []
    room.stripe.settle_delayed(session, succeeded=True)
    room.tell()
    room.finish()

    assert room.donations() == [TEN]
    assert room.letters() == ["thanks"]


def test_a_delayed_payment_that_fails_is_no_money(room: Newsroom) -> None:
    session = room.begin()
    room.stripe.pay_delayed(session)
    room.tell()
    room.stripe.settle_delayed(session, succeeded=False)
    room.tell()
    room.finish()

    assert room.donations() == []
    assert room.letters() == []
    assert Pledge.objects.get().status != Pledge.Status.FULFILLED


def test_an_expired_page_is_no_money(room: Newsroom) -> None:
    room.stripe.expire(room.begin())
    room.tell()
    room.finish()

    assert room.donations() == []
    if room.manner != "never told":
        assert Pledge.objects.get().status == Pledge.Status.EXPIRED


def test_two_partial_refunds_leave_nothing(room: Newsroom) -> None:
    payment = room.payment(room.give())
    room.stripe.refund(payment, 400)
    room.tell()
    room.stripe.refund(payment, 600)
    room.tell()
    room.finish()

    assert sorted(Refund.objects.values_list("amount_minor", flat=True)) == [400, 600]
    assert room.balance()["income:refunds"] == 1000
    assert room.balance()["assets:stripe"] == -FEE_OF_TEN
    room.check_books()


def test_a_refund_that_failed_comes_back(room: Newsroom) -> None:
    payment = room.payment(room.give())
    refund = room.stripe.refund(payment, status="pending")
    room.tell()
    room.stripe.fail_refund(refund)
    room.tell()
    room.finish()

    assert Refund.objects.get().status == Refund.Status.FAILED
    assert "income:refunds" not in room.balance()
    assert room.balance()["assets:stripe"] == 1000 - FEE_OF_TEN
    room.check_books()


def test_a_dispute_that_was_won_takes_money_out_and_in(room: Newsroom) -> None:
    payment = room.payment(room.give())
    dispute = room.stripe.open_dispute(payment)
    room.tell()
    if room.manner in ("as it happens", "twice"):
        assert room.balance()["income:disputes"] == 1000
    room.stripe.close_dispute(dispute, "won")
    room.tell()
    room.finish()

    assert Dispute.objects.get().status == Dispute.Status.WON
    assert "income:disputes" not in room.balance()
    assert room.balance()["expenses:fees"] == FEE_OF_TEN + 1500
    room.check_books()


def test_a_dispute_that_was_lost_takes_the_money(room: Newsroom) -> None:
    payment = room.payment(room.give())
    room.stripe.close_dispute(room.stripe.open_dispute(payment), "lost")
    room.tell()
    room.finish()

    assert Dispute.objects.get().status == Dispute.Status.LOST
    assert room.balance()["income:disputes"] == 1000
    room.check_books()


def test_an_inquiry_moves_no_money(room: Newsroom) -> None:
    payment = room.payment(room.give())
    room.stripe.close_dispute(room.stripe.open_dispute(payment, inquiry=True))
    room.tell()
    room.finish()

    assert Dispute.objects.get().status == Dispute.Status.CLOSED
    assert room.balance()["assets:stripe"] == 1000 - FEE_OF_TEN
    assert "income:disputes" not in room.balance()


def test_a_refund_and_then_a_dispute_may_leave_less_than_nothing(room: Newsroom) -> None:
    payment = room.payment(room.give())
    room.stripe.refund(payment)
    room.stripe.open_dispute(payment, 1100)
    room.tell()
    room.finish()

    assert room.balance()["assets:stripe"] == 1000 - FEE_OF_TEN - 1000 - 1100 - 1500
    room.check_books()


def test_lei_settled_in_euro_are_two_amounts_and_never_one_sum(room: Newsroom) -> None:
    room.give(money=Money(20000, "MDL"))
    room.finish()

    donation = Donation.objects.get()
    assert donation.money == Money(20000, "MDL")
    assert donation.settled_currency == "EUR"
    assert donation.settled_minor is not None
    assert donation.fee_minor is not None
    assert room.balance("MDL") == {"income:donations": -20000, "equity:exchange": 20000}
    assert room.balance("EUR") == {
        "assets:stripe": donation.settled_minor - donation.fee_minor,
        "expenses:fees": donation.fee_minor,
        "equity:exchange": -donation.settled_minor,
    }
    room.check_books()


def test_refunded_lei_leave_no_lei_at_stripe(room: Newsroom) -> None:
    payment = room.payment(room.give(money=Money(20000, "MDL")))
    room.stripe.refund(payment)
    room.tell()
    room.finish()

    assert "assets:stripe" not in room.balance("MDL")
    assert room.balance("MDL") == {"income:donations": -20000, "income:refunds": 20000}
    room.check_books()


@pytest.mark.parametrize(
    "money", [Money(1500, "JPY"), Money(50000, "HUF"), Money(1050, "GBP")], ids=str
)
def test_every_currency_in_its_own_units(room: Newsroom, money: Money) -> None:
    room.give(money=money)
    room.finish()

    assert room.donations() == [money]
    room.check_books()
