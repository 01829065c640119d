"""No page in Romanian or Russian shows a sentence in English."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings

from tests.newsroom import Newsroom
from tests.web.form import send
from tests.web.messages import catalog, texts

LANGUAGES = pytest.mark.parametrize("language", ["ro", "ru"])
TAG = re.compile(r"<[^>]+>")
SPOKEN_ATTRIBUTE = re.compile(r'(?:aria-label|content|data-\w+|title)="([^"]*)"')
SHORTEST = 4
# The switch names each language in that language.
NAMES = {"English"}


def shown(html: str) -> str:
    """What people read or hear."""
    spoken = " ".join(SPOKEN_ATTRIBUTE.findall(html))
    return " ".join(unescape(f"{TAG.sub(' ', html)} {spoken}").split())


def english(html: str, language: str) -> list[str]:
    """Texts of ours that stand in the page as they are written in the code."""
    page, known = shown(html), catalog(language)
    slips = []
    for context, msgid in texts():
        text = msgid if isinstance(msgid, str) else msgid[0]
        message = known.get(text, context)
        assert message is not None, text
        if len(text) < SHORTEST or text in NAMES or message.string == text:
            continue
        pieces = [re.escape(piece) for piece in re.split(r"%\(\w+\)[sd]", text)]
        if re.search(rf"(?<!\w){'.{1,40}?'.join(pieces)}(?!\w)", page):
            slips.append(text)
    return slips


@LANGUAGES
def test_the_support_page(newsroom: Newsroom, client: Client, language: str) -> None:
    for query in ("", "?canceled=1&amount=10&interval=month"):
        page = client.get(f"/{language}/{query}").content.decode()
        assert english(page, language) == []


@LANGUAGES
@pytest.mark.parametrize(
    "changes",
    [
        {"amount": ""},
        {"amount": "0", "email": "", "name": "\a", "interval": "", "method": ""},
        {"amount": "abc", "email": "x", "name": "x" * 201, "currency": "XXX"},
        {"amount": "1.005", "email": "x" * 300 + "@example.org", "message": "x" * 1001},
        {"amount": "0.01", "method": "paypal", "interval": "month", "currency": "MDL"},
        {"amount": "9999999"},
        {"amount": "", "preset": "EUR:1000", "currency": "MDL", "method": "paypal"},
        {"token": ""},
    ],
)
def test_the_form_with_errors(
    newsroom: Newsroom, client: Client, language: str, changes: dict[str, str]
) -> None:
    response = send(client, language, **changes)

    assert response.status_code == 422
    assert english(response.content.decode(), language) == []


@LANGUAGES
def test_the_form_when_the_provider_is_down(
    newsroom: Newsroom, client: Client, settings: Settings, language: str
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    assert english(send(client, language).content.decode(), language) == []


@LANGUAGES
def test_with_paypal_alone(
    newsroom: Newsroom, client: Client, settings: Settings, language: str
) -> None:
    settings.STRIPE_SECRET_KEY = ""

    assert english(client.get(f"/{language}/").content.decode(), language) == []


@LANGUAGES
def test_the_thanks_page(newsroom: Newsroom, client: Client, language: str) -> None:
    paid = newsroom.give(interval="month").checkout_ref
    unpaid = newsroom.begin(interval="year")
    newsroom.stripe.expire(unpaid)

    for session in (paid, unpaid, "nobody"):
        page = client.get(f"/{language}/thanks/?session_id={session}").content.decode()
        assert english(page, language) == []


@LANGUAGES
def test_the_supporter_s_own_page(newsroom: Newsroom, client: Client, language: str) -> None:
    newsroom.subscribe()
    address = f"/{language}/support/?token={newsroom.subscription().token}"

    going = client.get(address).content.decode()
    stopped = client.post(address, follow=True).content.decode()

    assert english(going, language) == []
    assert english(stopped, language) == []
    assert "<form" in going
    assert "<form" not in stopped


@LANGUAGES
@pytest.mark.parametrize(
    "address",
    [
        *("/nowhere/", "/accounts/login/", "/accounts/password/reset/"),
        *("/accounts/password/reset/done/", "/accounts/password/reset/key/1-nothing/"),
        "/accounts/password/reset/key/done/",
    ],
)
def test_pages_that_speak_the_browser_s_language(
    newsroom: Newsroom, client: Client, language: str, address: str
) -> None:
    response = client.get(address, headers={"accept-language": language})

    assert english(response.content.decode(), language) == []


def test_it_would_notice(newsroom: Newsroom, client: Client) -> None:
    assert len(english(client.get("/en/").content.decode(), "ro")) > 20
