"""Money on its way to the bank, told in every manner: one set of books."""

import pytest

from donations.giving.models import Payout, PayoutItem
from donations.money import Money
from tests.newsroom import MANNERS, Manner, Newsroom

FEE_OF_TEN, FEE_OF_FIVE = 40, 33


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, newsroom: Newsroom) -> Newsroom:
    manner: Manner = request.param
    newsroom.manner = manner
    return newsroom


def test_a_payout_with_what_is_in_it(room: Newsroom) -> None:
    room.give()
    five = room.payment(room.give(email="ion@example.org", money=Money(500, "EUR")))
    room.stripe.refund(five, 200)
    payout = room.stripe.pay_out()
    room.tell()
    room.stripe.complete_payout(payout)
    room.tell()
    room.finish()

    found = Payout.objects.get()
    total = 1000 - FEE_OF_TEN + 500 - FEE_OF_FIVE - 200
    assert (found.money, found.status) == (Money(total, "EUR"), Payout.Status.PAID)
    assert found.fee_minor == 0
    assert sorted(PayoutItem.objects.values_list("kind", "amount_minor", "fee_minor")) == [
        ("payment", 500, FEE_OF_FIVE),
        ("payment", 1000, FEE_OF_TEN),
        ("refund", -200, 0),
    ]
    assert sum(item.net.minor for item in found.items.all()) == total
    assert set(found.items.values_list("payment_ref", flat=True)) >= {five}
    assert room.balance()["assets:bank"] == total
    assert "assets:stripe" not in room.balance()
    assert room.waiting() == []
    room.check_books()


def test_a_payout_that_came_back(room: Newsroom) -> None:
    room.give()
    payout = room.stripe.pay_out()
    room.stripe.complete_payout(payout)
    room.tell()
    room.stripe.fail_payout(payout)
    room.tell()
    room.finish()

    found = Payout.objects.get()
    assert (found.status, found.failure) == (Payout.Status.FAILED, "account_closed")
    assert "assets:bank" not in room.balance()
    assert room.balance()["assets:stripe"] == 1000 - FEE_OF_TEN
    room.check_books()


def test_one_by_hand_that_was_called_off(room: Newsroom) -> None:
    room.give()
    payout = room.stripe.pay_out(automatic=False, amount=300)
    room.tell()
    room.stripe.cancel_payout(payout)
    room.tell()
    room.finish()

    found = Payout.objects.get()
    assert (found.status, found.has_parts) == (Payout.Status.CANCELED, False)
    assert "assets:bank" not in room.balance()
    room.check_books()


def test_a_disputed_gift_in_the_next_payout(room: Newsroom) -> None:
    payment = room.payment(room.give())
    room.stripe.complete_payout(room.stripe.pay_out())
    room.tell()
    room.stripe.open_dispute(payment)
    room.give(email="ion@example.org", money=Money(5000, "EUR"))
    room.stripe.complete_payout(room.stripe.pay_out())
    room.tell()
    room.finish()

    assert Payout.objects.count() == 2
    for payout in Payout.objects.all():
        assert sum(item.net.minor for item in payout.items.all()) == payout.amount_minor
    assert PayoutItem.objects.get(kind="dispute").payment_ref == payment
    assert "assets:stripe" not in room.balance()
    room.check_books()


def test_a_gift_in_a_currency_that_stripe_does_not_keep(room: Newsroom) -> None:
    room.give(money=Money(20000, "MDL"))
    room.stripe.complete_payout(room.stripe.pay_out())
    room.tell()
    room.finish()

    found = Payout.objects.get()
    assert found.currency == "EUR"
    assert sum(item.net.minor for item in found.items.all()) == found.amount_minor
    assert room.balance()["assets:bank"] == found.amount_minor
    assert "assets:stripe" not in room.balance("MDL")
    room.check_books()
