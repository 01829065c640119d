"""Giving money back through the provider: of one order comes one refund, whatever is answered."""

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from donations.giving import operations as giving
from donations.giving.models import Donation, Refund, RefundOrder
from donations.money import Money
from tests.newsroom import Newsroom

FOUR, SIX, TEN = Money(400, "EUR"), Money(600, "EUR"), Money(1000, "EUR")
State = RefundOrder.State


@pytest.fixture
def gift(newsroom: Newsroom) -> Donation:
    newsroom.give()
    return Donation.objects.get()


def order(gift: Donation, money: Money = TEN, token: str = "form-1") -> RefundOrder:
    """What the form asks for, kept."""
    return giving.order_refund(donation=gift, money=money, token=token, at=timezone.now())[0]


def refund(gift: Donation, money: Money = TEN, token: str = "form-1") -> RefundOrder:
    return giving.carry_out(order=order(gift, money, token))


def at_stripe(newsroom: Newsroom) -> list[int]:
    """The refunds that Stripe has."""
    with newsroom.stripe.world.lock:
        return [each["amount"] for each in newsroom.stripe.world.newest_first("refund")]


def test_all_of_it(newsroom: Newsroom, gift: Donation) -> None:
    made = refund(gift)
    assert made.state == State.MADE
    assert not Refund.objects.exists(), "the answer writes no books"
    assert giving.left_of(gift) == Money(0, "EUR")

    newsroom.tell()
    assert Refund.objects.get().gateway_ref == made.refund_ref
    assert newsroom.balance()["income:refunds"] == 1000
    assert giving.left_of(gift) == Money(0, "EUR")
    newsroom.check_books()


def test_a_part_and_then_the_rest(newsroom: Newsroom, gift: Donation) -> None:
    refund(gift, FOUR)
    newsroom.tell()
    assert giving.left_of(gift) == SIX
    refund(gift, SIX, "form-2")
    newsroom.tell()
    assert sorted(at_stripe(newsroom)) == [400, 600]
    newsroom.check_books()


def test_the_second_time_is_the_first(newsroom: Newsroom, gift: Donation) -> None:
    refund(gift, FOUR)
    refund(gift, FOUR)
    assert at_stripe(newsroom) == [400]
    assert RefundOrder.objects.count() == 1


def test_two_clicks_at_once_are_one_call_s_worth(newsroom: Newsroom, gift: Donation) -> None:
    first, second = order(gift, FOUR), order(gift, FOUR)
    giving.carry_out(order=first)
    giving.carry_out(order=second)
    assert at_stripe(newsroom) == [400]


@pytest.mark.parametrize("money", [Money(1001, "EUR"), Money(0, "EUR"), Money(400, "USD")])
def test_never_more_than_is_left(newsroom: Newsroom, gift: Donation, money: Money) -> None:
    with pytest.raises(giving.TooMuch) as refused:
        order(gift, money)
    assert refused.value.left == TEN
    assert not RefundOrder.objects.exists()


def test_what_is_asked_for_is_spoken_for(newsroom: Newsroom, gift: Donation) -> None:
    order(gift, SIX)
    with pytest.raises(giving.TooMuch):
        order(gift, SIX, "form-2")


def test_a_lost_answer_is_asked_for_again_and_gives_one_refund(
    newsroom: Newsroom, gift: Donation
) -> None:
    newsroom.stripe.fail_next("drop_connection", times=2, path="/refunds")
    lost = refund(gift, FOUR)
    assert lost.state == State.ASKED
    assert lost.problem

    again = giving.carry_out(order=lost)
    assert again.state == State.MADE
    assert at_stripe(newsroom) == [400]
    newsroom.tell()
    newsroom.check_books()


def test_a_call_that_never_arrived_is_made_by_asking_again(
    newsroom: Newsroom, gift: Donation, settings: Settings
) -> None:
    settings.STRIPE_API_BASE, real = "http://127.0.0.1:9", settings.STRIPE_API_BASE
    lost = refund(gift)
    assert (lost.state, at_stripe(newsroom)) == (State.ASKED, [])
    settings.STRIPE_API_BASE = real
    assert giving.carry_out(order=lost).state == State.MADE
    assert at_stripe(newsroom) == [1000]


def test_a_fault_of_the_provider_spends_the_key(newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.fail_next("refuse_500", times=2, path="/refunds")
    lost = refund(gift)
    assert (lost.state, lost.attempt) == (State.ASKED, 2)
    assert giving.carry_out(order=lost).state == State.MADE
    assert at_stripe(newsroom) == [1000]


def test_told_before_it_was_answered(newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.fail_next("drop_connection", times=2, path="/refunds")
    lost = refund(gift, FOUR)
    newsroom.tell()
    lost.refresh_from_db()
    assert lost.state == State.MADE
    assert giving.left_of(gift) == SIX
    asked = len(newsroom.stripe.requests)
    giving.carry_out(order=lost)
    assert len(newsroom.stripe.requests) == asked


def test_refused_gives_the_money_free_again(newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.fail_next("invalid_request", path="/refunds")
    refused = refund(gift)
    assert refused.state == State.REFUSED
    assert giving.left_of(gift) == TEN
    assert refund(gift, token="form-2").state == State.MADE


def test_given_back_in_the_dashboard_meanwhile(newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.refund(gift.payment_ref)
    refused = refund(gift)
    assert (refused.state, refused.problem) == (State.REFUSED, "already refunded")
    newsroom.tell()
    assert giving.left_of(gift) == Money(0, "EUR")
    assert RefundOrder.objects.get().state == State.REFUSED


def test_contested_at_the_bank(newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.open_dispute(gift.payment_ref)
    assert refund(gift).problem == "contested"


def test_a_refund_that_failed_later_may_be_made_anew(newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.settings.refund_status = "pending"
    made = refund(gift)
    newsroom.tell()
    newsroom.stripe.fail_refund(made.refund_ref)
    newsroom.tell()
    assert giving.left_of(gift) == TEN


def test_an_instalment_goes_back_too(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    made = refund(Donation.objects.get(), Money(500, "EUR"))
    newsroom.tell()
    assert made.state == State.MADE
    assert Refund.objects.get().amount_minor == 500
    newsroom.check_books()


def test_paypal_gives_nothing_back_for_us(paypal_room: Any) -> None:
    paypal_room.happen("paypalme_send_money")
    gift = Donation.objects.get()
    assert refund(gift, gift.money).state == State.REFUSED
