"""The article footer's script, as pages of others get it."""

import gzip
import random
import re
from dataclasses import dataclass
from string import ascii_letters
from urllib.request import Request, urlopen

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.test import Client
from django.urls import resolve
from pytest_django import Settings

from donations.outlet.queries import OutletFacts
from tests.web.embedded import data_of, newsroom_with

SCRIPT = "/embed/footer.js"
LIMIT = 4096
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
LANGUAGES = [code for code, _name in configured.LANGUAGES]
# Words that a policy for pages forbids, or a reader would.
FORBIDDEN = [
    "fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "import(", "Image(",
    "cookie", "localStorage", "sessionStorage", "indexedDB", "caches", "serviceWorker",
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval", "Function(",
    ".style", '"style"', "cssText", "setTimeout", "setInterval", "window.", "globalThis",
    "navigator", "var ", "postMessage", "http-equiv",
]  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """An answer as it went over the wire."""

    headers: dict[str, str]
    body: bytes


def over_the_wire(address: str, **headers: str) -> Sent:
    with urlopen(Request(address, headers=headers)) as answer:
        return Sent(dict(answer.headers.items()), answer.read())


@pytest.mark.parametrize("query", ["", *(f"?lang={language}" for language in LANGUAGES)])
def test_it_is_small_as_it_is_sent(server: str, outlet: OutletFacts, query: str) -> None:
    sent = over_the_wire(f"{server}{SCRIPT}{query}", **{"Accept-Encoding": "gzip, br"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(sent.body) < LIMIT
    assert gzip.decompress(sent.body).decode().startswith("try {")


def test_it_is_small_however_much_the_newsroom_says(server: str, outlet: OutletFacts) -> None:
    """As varied as text can be, so that it hardly compresses, and as long as its fields allow."""
    chance = random.Random(3)

    def said() -> dict[str, str]:
        alphabets = zip(LANGUAGES, (ascii_letters, "ăâîșț" + ascii_letters, CYRILLIC), strict=True)
        return {code: "".join(chance.choices(letters, k=300)) for code, letters in alphabets}

    newsroom_with(outlet, missions=said(), promises=said(), name="".join(said()["ru"][:100]))
    sent = over_the_wire(f"{server}{SCRIPT}", **{"Accept-Encoding": "gzip"})
    assert len(sent.body) < LIMIT
    assert "Поддержите" in gzip.decompress(sent.body).decode()


def test_headers_for_other_sites(server: str, outlet: OutletFacts) -> None:
    headers = over_the_wire(f"{server}{SCRIPT}").headers
    assert headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert {"public", "max-age=300"} <= set(headers["Cache-Control"].split(", "))
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers["Vary"]


def test_it_is_kept_warm_wherever_it_is_asked_from(client: Client, outlet: OutletFacts) -> None:
    first = client.get(SCRIPT)
    assert caches["pages"]._cache  # type: ignore[attr-defined]
    newsroom_with(outlet, name="Another newsroom")
    again = client.get(SCRIPT, headers={"Referer": "https://news.example/an-article"})
    assert again.content == first.content


def test_nothing_that_a_strict_page_forbids(client: Client, outlet: OutletFacts) -> None:
    script = client.get(SCRIPT).content.decode()
    assert [word for word in FORBIDDEN if word in script] == []


def test_no_comment_and_no_indentation_is_sent(client: Client, outlet: OutletFacts) -> None:
    script = client.get(SCRIPT).content.decode()
    assert not re.search(r"^\s|^//|/\*", script, re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "heading", "give_ten"),
    [
        ("en", "Support NewsCafe", "€10"),
        ("ro", "Susțineți NewsCafe", "10\N{NO-BREAK SPACE}EUR"),
        ("ru", "Поддержите NewsCafe", "10\N{NO-BREAK SPACE}€"),
    ],
)
def test_each_language_as_it_is_written(
    client: Client, outlet: OutletFacts, language: str, heading: str, give_ten: str
) -> None:
    text = data_of(client)["texts"][language]
    assert text["heading"] == heading
    assert text["mission"] == outlet.missions[language]
    assert text["promise"] == outlet.promises[language]
    assert ["10", give_ten] in text["intervals"]["once"]["amounts"]
    assert "{}" in text["intervals"]["month"]["says"]


def test_one_language_alone_and_one_that_nobody_speaks(client: Client, outlet: OutletFacts) -> None:
    assert [*data_of(client, f"{SCRIPT}?lang=ru")["texts"]] == ["ru"]
    assert data_of(client, f"{SCRIPT}?lang=ru")["language"] == "ru"
    assert [*data_of(client, f"{SCRIPT}?lang=xx")["texts"]] == LANGUAGES
    assert data_of(client)["language"] == "en"


def test_its_links_lead_to_pages_of_ours(client: Client, outlet: OutletFacts) -> None:
    data = data_of(client)
    assert data["site"] == configured.SITE_URL
    for language, text in data["texts"].items():
        names = {way: resolve(path).url_name for way, (_word, path) in text["ways"].items()}
        assert names == {"card": "give", "paypal": "paypal"}
        assert resolve(text["other"][1]).kwargs == {"language": language}


def test_a_currency_that_both_ways_take(client: Client, outlet: OutletFacts) -> None:
    newsroom_with(outlet, card_currencies=("MDL", "RON", "GBP", "EUR"))
    assert data_of(client)["currency"] == "GBP"


def test_without_a_common_currency_only_one_way(client: Client, outlet: OutletFacts) -> None:
    newsroom_with(outlet, card_currencies=("MDL",))
    data = data_of(client)
    assert (data["currency"], [*data["ways"]]) == ("MDL", ["card"])


def test_without_a_card_provider_paypal_alone(
    client: Client, outlet: OutletFacts, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert data_of(client)["ways"] == {"paypal": ["once", "month"]}


def test_without_paypal_the_card_alone(client: Client, outlet: OutletFacts) -> None:
    newsroom_with(outlet, paypal_email="", paypal_handle="")
    assert data_of(client)["ways"] == {"card": ["once", "month"]}


def test_a_paypal_name_alone_gives_once(
    client: Client, outlet: OutletFacts, settings: Settings
) -> None:
    newsroom_with(outlet, paypal_email="")
    assert data_of(client)["ways"] == {"card": ["once", "month"], "paypal": ["once"]}
    caches["pages"].clear()
    settings.STRIPE_SECRET_KEY = ""
    data = data_of(client)
    assert data["ways"] == {"paypal": ["once"]}
    assert [*data["texts"]["en"]["intervals"]] == ["once"]


def test_no_way_at_all_shows_nothing(
    client: Client, outlet: OutletFacts, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    newsroom_with(outlet, paypal_email="", paypal_handle="")
    assert data_of(client)["texts"]["en"]["intervals"] == {}


def test_amounts_with_cents_and_not_too_many(client: Client, outlet: OutletFacts) -> None:
    many = {"once": [250, *range(300, 1500, 100)], "month": [100]}
    newsroom_with(outlet, presets={"EUR": many})
    amounts = data_of(client)["texts"]["en"]["intervals"]["once"]["amounts"]
    assert amounts[0] == ["2.50", "€2.50"]
    assert len(amounts) == 6


def test_words_of_the_newsroom_stay_words(client: Client, outlet: OutletFacts) -> None:
    odd = '</script><b>"\\ `${alert(1)}` {{ x }} \u2028'
    newsroom_with(outlet, name=odd, missions={"en": odd})
    assert data_of(client)["texts"]["en"]["mission"] == odd
