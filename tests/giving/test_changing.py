"""An agreement is changed at the provider, and our state is right at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from donations.gateways.base import AmountTooSmall, NotOverAnApi
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.giving.operations.changing import months_later
from donations.money import Money
from tests.newsroom import Newsroom

SEVEN = Money(700, "EUR")
Status = Subscription.Status


@pytest.fixture
def agreement(newsroom: Newsroom) -> Subscription:
    newsroom.subscribe()
    return newsroom.subscription()


def how(token: str = "form-1") -> Any:
    return {"token": token, "at": timezone.now()}


def terms(agreement: Subscription, money: Money = SEVEN, interval: str = "month") -> None:
    giving.change_terms(subscription=agreement, money=money, interval=interval, **how())


def renewed(newsroom: Newsroom, agreement: Subscription, days: int = 31) -> None:
    """A month goes by."""
    newsroom.stripe.advance(days=days)
    newsroom.stripe.run_due()
    newsroom.tell()
    agreement.refresh_from_db()


def test_another_amount_from_the_next_payment_on(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    terms(agreement)
    assert agreement.money == SEVEN
    newsroom.tell()
    assert newsroom.donations() == [Money(500, "EUR")]
    renewed(newsroom, agreement)
    assert newsroom.donations() == [Money(500, "EUR"), SEVEN]
    assert agreement.money == SEVEN


def test_the_second_time_nothing_is_changed(newsroom: Newsroom, agreement: Subscription) -> None:
    terms(agreement)
    events = len(newsroom.stripe.events)
    terms(agreement)
    assert len(newsroom.stripe.events) == events


def test_another_rhythm_begins_when_the_paid_period_ends(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    ends = agreement.period_end
    terms(agreement, Money(5000, "EUR"), "year")
    newsroom.tell()
    agreement.refresh_from_db()
    assert (agreement.status, agreement.interval) == (Status.ACTIVE, "year")
    assert agreement.next_payment_at == ends
    assert newsroom.donations() == [Money(500, "EUR")]

    renewed(newsroom, agreement)
    assert newsroom.donations() == [Money(500, "EUR"), Money(5000, "EUR")]
    assert ends is not None
    assert agreement.period_end == months_later(ends, 12)
    newsroom.check_books()


def test_another_currency_is_another_agreement(agreement: Subscription) -> None:
    with pytest.raises(giving.NotNow):
        terms(agreement, Money(700, "USD"))


def test_too_little(newsroom: Newsroom, agreement: Subscription) -> None:
    newsroom.stripe.settings.minimums = {"eur": 50}
    with pytest.raises(AmountTooSmall):
        terms(agreement, Money(10, "EUR"))
    agreement.refresh_from_db()
    assert agreement.money == Money(500, "EUR")


def test_a_pause_takes_nothing_and_ends_by_itself(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    giving.pause(subscription=agreement, months=2, **how())
    assert agreement.status == Status.PAUSED
    assert agreement.resumes_at is not None
    newsroom.tell()
    renewed(newsroom, agreement)
    assert newsroom.donations() == [Money(500, "EUR")]
    renewed(newsroom, agreement, days=62)
    assert newsroom.donations()[1:] != []
    assert [agreement.status, agreement.resumes_at] == [Status.ACTIVE, None]


def test_resumed(newsroom: Newsroom, agreement: Subscription) -> None:
    giving.pause(subscription=agreement, months=12, **how())
    giving.resume(subscription=agreement, **how("form-2"))
    assert (agreement.status, agreement.resumes_at) == (Status.ACTIVE, None)
    giving.resume(subscription=agreement, **how("form-3"))
    assert agreement.status == Status.ACTIVE


@pytest.mark.parametrize("months", [0, 13])
def test_a_pause_has_its_bounds(agreement: Subscription, months: int) -> None:
    with pytest.raises(giving.NotNow):
        giving.pause(subscription=agreement, months=months, **how())


def test_canceled_when_the_period_ends(newsroom: Newsroom, agreement: Subscription) -> None:
    giving.cancel(subscription=agreement, at_once=False, **how())
    assert agreement.cancel_at == agreement.period_end
    assert agreement.status == Status.ACTIVE


def test_canceled_now(newsroom: Newsroom, agreement: Subscription) -> None:
    giving.cancel(subscription=agreement, at_once=True, **how())
    assert agreement.status == Status.CANCELED
    newsroom.tell()
    assert newsroom.letters() == ["support_ended", "thanks_subscription"]


def test_what_is_owed_is_not_collected(newsroom: Newsroom, agreement: Subscription) -> None:
    newsroom.stripe.advance(days=31)
    newsroom.stripe.fail_renewal(agreement.gateway_ref)
    newsroom.tell()
    agreement.refresh_from_db()
    giving.cancel(subscription=agreement, at_once=False, **how())
    assert agreement.status == Status.CANCELED


def test_it_was_canceled_at_the_provider_meanwhile(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    newsroom.stripe.cancel(agreement.gateway_ref)
    changes: list[Callable[[], None]] = [
        lambda: giving.cancel(subscription=agreement, at_once=False, **how()),
        lambda: giving.resume(subscription=agreement, **how("form-2")),
        lambda: terms(agreement),
    ]
    for change in changes:
        Subscription.objects.update(status=Status.ACTIVE, ended_at=None)
        agreement.refresh_from_db()
        with pytest.raises(giving.AlreadyEnded):
            change()
        assert agreement.status == Status.CANCELED


def test_what_has_ended_asks_nobody(newsroom: Newsroom, agreement: Subscription) -> None:
    giving.cancel(subscription=agreement, at_once=True, **how())
    asked = len(newsroom.stripe.requests)
    for change in (giving.cancel, giving.pause):
        what = {"at_once": True} if change is giving.cancel else {"months": 1}
        with pytest.raises(giving.AlreadyEnded):
            change(subscription=agreement, **what, **how("form-2"))
    assert len(newsroom.stripe.requests) == asked


def test_a_provider_that_is_away_changes_nothing(
    agreement: Subscription, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(giving.ChangeUnavailable):
        terms(agreement)
    agreement.refresh_from_db()
    assert agreement.money == Money(500, "EUR")


def test_an_end_whose_answer_was_lost_is_an_end(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    newsroom.stripe.fail_next("drop_connection", path=agreement.gateway_ref)
    giving.cancel(subscription=agreement, at_once=True, **how())
    assert agreement.status == Status.CANCELED


def test_a_change_whose_answer_was_lost_may_be_asked_for_again(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    newsroom.stripe.fail_next("drop_connection", times=3, path=agreement.gateway_ref)
    with pytest.raises(giving.ChangeUnavailable):
        terms(agreement)
    terms(agreement)
    assert agreement.money == SEVEN


def test_refused_for_a_reason_of_its_own(newsroom: Newsroom, agreement: Subscription) -> None:
    newsroom.stripe.fail_next("invalid_request", path=agreement.gateway_ref)
    with pytest.raises(giving.ChangeRefused):
        giving.resume(subscription=agreement, **how())
    agreement.refresh_from_db()
    assert agreement.status == Status.ACTIVE


def test_paypal_lets_only_a_person(paypal_room: Any) -> None:
    for each in ("subscr_signup", "subscr_payment_1"):
        paypal_room.happen(each)
    agreement = paypal_room.subscription()
    with pytest.raises(NotOverAnApi):
        giving.cancel(subscription=agreement, at_once=True, **how())


def test_months_are_those_of_the_calendar() -> None:
    last = datetime(2027, 11, 30, 8, tzinfo=UTC)
    assert months_later(last, 3) == datetime(2028, 2, 29, 8, tzinfo=UTC)
    assert months_later(last, 1) == datetime(2027, 12, 30, 8, tzinfo=UTC)
    assert months_later(last, 12) == datetime(2028, 11, 30, 8, tzinfo=UTC)
