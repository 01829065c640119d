"""What mail says about support: how often, how much, when, and why it ended."""

import pytest
from pytest_django import Settings

from donations.outbox.models import Message
from tests.outbox.conftest import CONTEXT
from tests.outbox.letters import RUNNING, Kind, rendered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", RUNNING)
def test_running_support_can_be_stopped(kind: Message.Kind) -> None:
    words = rendered(kind)
    for part in (words.text, words.html):
        assert str(CONTEXT["manage_url"]) in part
        assert "Change or stop your support" in part
        assert "reply to this message" in part
        assert "every month" in part


@pytest.mark.parametrize(
    ("kind", "month", "year"),
    [
        (Kind.THANKS_SUBSCRIPTION, "€10 every month.", "€10 every year."),
        (Kind.RECEIPT, "monthly payment of €10", "yearly payment of €10"),
        (Kind.PAYMENT_FAILED, "monthly payment of €10", "yearly payment of €10"),
    ],
)
def test_intervals(kind: Message.Kind, month: str, year: str) -> None:
    assert month in rendered(kind).text
    assert year in rendered(kind, interval="year").text
    assert month not in rendered(kind, interval="once").text


def test_a_single_gift_says_that_nothing_repeats() -> None:
    text = rendered(Kind.THANKS, interval="once", amount_minor=1050).text
    assert "Your gift of €10.50 has arrived." in text
    assert "Repeats: no, once only" in text
    assert "Change or stop" not in text


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [
        ("en", "10.00", "1 May 2026"),
        ("ro", "10,00\xa0EUR", "1 mai 2026"),
        ("ru", "10,00\xa0EUR", "1 мая 2026\u202fг."),
    ],
)
def test_amounts_and_dates_in_each_language(
    language: str, amount: str, day: str, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Chisinau"
    words = rendered(Kind.RECEIPT, language)
    assert amount in words.text
    assert day in words.text, "half past midnight in Chișinău, still April in London"
    assert day in words.html


def test_a_currency_without_decimals() -> None:
    text = rendered(Kind.THANKS, amount_minor=500, currency="JPY").text
    assert "500" in text
    assert "500." not in text


def test_the_next_attempt_or_none() -> None:
    assert "We will try again on 3 May." in rendered(Kind.PAYMENT_FAILED).text
    words = rendered(Kind.PAYMENT_FAILED, next_attempt_at=None)
    assert "We will not try again automatically." in words.text
    assert "Next attempt" not in words.text
    assert str(CONTEXT["pay_url"]) in words.text
    assert str(CONTEXT["pay_url"]) in words.html


def test_no_date_no_line() -> None:
    assert "Next payment" in rendered(Kind.RECEIPT).text
    assert "Next payment" not in rendered(Kind.RECEIPT, next_at=None).text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("canceled", "has been stopped, as you asked."),
        ("payment_failed", "because the payment did not go through"),
        ("disputed", "because a payment was disputed"),
        ("", "Your support of NewsCafe has ended. You will not"),
        ("anything new", "Your support of NewsCafe has ended. You will not"),
    ],
)
def test_why_support_ended(reason: str, words: str) -> None:
    mail = rendered(Kind.SUPPORT_ENDED, reason=reason)
    assert words in mail.text
    assert words in mail.html
    assert "You will not be charged again." in mail.text
