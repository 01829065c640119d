"""Stopping is as easy as giving, and happens once."""

import pytest
from pytest_django import Settings

from donations.giving.models import Subscription
from tests.newsroom import Newsroom


@pytest.fixture
def agreement(newsroom: Newsroom) -> Subscription:
    newsroom.subscribe()
    return newsroom.subscription()


def address(agreement: Subscription) -> str:
    return f"/ro/support/?token={agreement.token}"


def test_looking_changes_nothing(newsroom: Newsroom, agreement: Subscription) -> None:
    assert newsroom.client.get(address(agreement)).status_code == 200
    assert newsroom.subscription().cancel_at is None


def test_stopping_ends_it_with_the_period_that_is_paid(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    answer = newsroom.client.post(address(agreement))
    assert answer.status_code == 302
    newsroom.tell()

    stopped = newsroom.subscription()
    assert stopped.cancel_at == stopped.period_end
    assert stopped.next_payment_at is None
    assert newsroom.stripe.object(stopped.gateway_ref)["cancel_at_period_end"] is True


def test_the_second_time_nobody_is_asked(newsroom: Newsroom, agreement: Subscription) -> None:
    newsroom.client.post(address(agreement))
    asked = len(newsroom.stripe.requests)
    newsroom.client.post(address(agreement))
    assert len(newsroom.stripe.requests) == asked


def test_a_provider_that_is_away_changes_nothing(
    newsroom: Newsroom, agreement: Subscription, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    assert newsroom.client.post(address(agreement)).status_code == 503
    assert newsroom.subscription().cancel_at is None


@pytest.mark.parametrize("token", ["", "x", "x" * 500, "../admin", "\x00"])
def test_a_token_that_is_nobodys(newsroom: Newsroom, token: str) -> None:
    answer = newsroom.client.post("/en/support/", query_params={"token": token})
    assert answer.status_code == 404


def test_what_is_owed_is_not_collected_after_a_stop(
    newsroom: Newsroom, agreement: Subscription
) -> None:
    newsroom.stripe.advance(days=31)
    newsroom.stripe.fail_renewal(agreement.gateway_ref)
    newsroom.tell()
    newsroom.client.post(address(agreement))
    newsroom.tell()

    assert newsroom.stripe.object(agreement.gateway_ref)["status"] == "canceled"
    assert newsroom.subscription().status == Subscription.Status.CANCELED
    assert len(newsroom.donations()) == 1
