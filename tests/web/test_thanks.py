"""The page that readers come back to."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from donations.giving.models import Donation, Pledge
from tests.newsroom import Newsroom
from tests.standins.stripe import CardDeclinedError
from tests.web.form import flat


def come_back(client: Client, session: str, language: str = "en") -> str:
    return flat(client.get(f"/{language}/thanks/?session_id={session}"))


def test_paid(newsroom: Newsroom, client: Client) -> None:
    pledge = newsroom.give()

    page = come_back(client, pledge.checkout_ref)

    assert "Thank you!" in page
    assert "€10" in page
    assert "ana@" not in page
    assert not re.search(r"\bAna\b", page)


def test_paid_but_not_yet_told(newsroom: Newsroom, client: Client) -> None:
    session = newsroom.begin(interval="month")
    newsroom.stripe.pay(session, "4242424242424242")

    page = come_back(client, session)

    assert "Thank you!" in page
    assert "€10 every month" in page
    assert not Donation.objects.exists()


def test_waiting_looks_again_by_itself(
    newsroom: Newsroom, client: Client, settings: Settings
) -> None:
    session = newsroom.begin()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    response = client.get(f"/en/thanks/?session_id={session}")

    assert "One moment" in flat(response)
    assert response["Refresh"] == "5"


def test_unpaid_leads_back_with_the_same_choice(newsroom: Newsroom, client: Client) -> None:
    session = newsroom.begin(interval="year")
    with pytest.raises(CardDeclinedError):
        newsroom.stripe.pay(session, "4000000000009995")
    newsroom.stripe.expire(session)

    page = come_back(client, session)

    assert "Nothing was charged." in page
    assert "/en/?amount=10.00&amp;currency=EUR&amp;interval=year" in page


@pytest.mark.parametrize("reference", ["", "cs_test_nobody", "a%00b", "x" * 5000, "%F0%9F%8C%BB"])
def test_unknown(newsroom: Newsroom, client: Client, reference: str) -> None:
    assert "We cannot find this payment" in come_back(client, reference)


def test_it_reads_only_and_is_kept_nowhere(newsroom: Newsroom, client: Client) -> None:
    session = newsroom.begin()

    response = client.get(f"/ro/thanks/?session_id={session}")

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert Pledge.objects.get().status == Pledge.Status.OPEN


def test_posting_is_refused(newsroom: Newsroom, client: Client) -> None:
    assert client.post("/en/thanks/").status_code == 405
