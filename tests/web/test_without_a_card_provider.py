"""No Stripe keys: the card is nowhere to be seen, and nothing else is missing."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from donations.giving.models import Donation, Pledge
from tests.paypalroom import PayPalRoom
from tests.web.form import send

LANGUAGES = pytest.mark.parametrize("language", ["en", "ro", "ru"])
CARD = re.compile(r'(?i)"card"|stripe\b|\b(?:by|by a|pay with a) card\b|\bcu cardul\b|картой')
READERS = ("", "paypal/", "thanks/", "topics/", "?amount=100&currency=MDL", "?canceled=1")
DESK = (
    *("/staff/", "/staff/gifts/", "/staff/gifts/history/", "/staff/paypal/", "/staff/articles/"),
    *("/staff/footer/", "/staff/health/", "/staff/broadcasts/", "/staff/topics/"),
)


def read(answer: Any) -> str:
    """The page as it was sent, without the names of its styles."""
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return re.sub(r'class="[^"]*"', "", text)


@pytest.fixture
def client(paypal_room: PayPalRoom) -> Client:
    return paypal_room.client


@LANGUAGES
@pytest.mark.parametrize("path", READERS)
def test_no_page_of_readers_speaks_of_it(client: Client, language: str, path: str) -> None:
    assert CARD.findall(read(client.get(f"/{language}/{path}"))) == []


@LANGUAGES
def test_it_would_notice(client: Client, settings: Settings, language: str) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_suite"
    for path in (f"/{language}/", f"/{language}/paypal/", f"/embed/footer/?lang={language}"):
        assert CARD.findall(read(client.get(path)))


@LANGUAGES
@pytest.mark.parametrize("path", ["/embed/footer.js", "/embed/footer/"])
def test_nor_does_the_footer(client: Client, language: str, path: str) -> None:
    text = read(client.get(path, {"lang": language}))
    assert CARD.findall(text) == []
    assert f"/{language}/paypal/" in text


@LANGUAGES
@pytest.mark.parametrize("kind", ["script", "plain"])
def test_nor_a_snippet(paypal_room: PayPalRoom, desk: Client, language: str, kind: str) -> None:
    page = read(desk.get("/staff/footer/", {"lang": language}))
    snippet = page.partition(f'id="{kind}"')[2].partition("</textarea>")[0]
    assert CARD.findall(snippet) == []
    assert "PayPal" in snippet


@pytest.mark.parametrize("path", DESK)
def test_the_desk_is_all_there(paypal_room: PayPalRoom, desk: Client, path: str) -> None:
    assert desk.get(path, follow=True).status_code == 200


@LANGUAGES
def test_a_form_of_yesterday_is_told_and_changes_nothing(client: Client, language: str) -> None:
    """It was opened while there was a card provider."""
    answer = send(client, language, method="card")
    assert answer.status_code == 422
    assert not Pledge.objects.exists()
    again = send(client, language, method="paypal")
    assert again.status_code == 303


def test_from_the_click_to_the_thanks(paypal_room: PayPalRoom, client: Client) -> None:
    paypal_room.paypal.pay_link(send(client, method="paypal")["Location"])
    for body in paypal_room.paypal.ipns:
        paypal_room.post(body)
    paypal_room.finish()

    assert Donation.objects.get().pledge == Pledge.objects.get()
    page = read(client.get("/en/thanks/", {"session_id": Pledge.objects.get().code}))
    assert "Thank you" in page
    assert CARD.findall(page + "".join(paypal_room.read_letters())) == []
