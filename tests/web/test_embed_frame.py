"""The article footer as a page for a frame, where a site allows no script."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from donations.outlet.queries import OutletFacts
from tests.web.embedded import newsroom_with

FRAME = "/embed/footer/"
ARTICLE = "https://news.example/2026/who-pays?page=2"


class Links(HTMLParser):
    """Every link with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.found.append(dict(attrs))

    @property
    def queries(self) -> list[dict[str, list[str]]]:
        """What each link carries."""
        return [parse_qs(urlsplit(str(link["href"])).query) for link in self.found]


def links_of(client: Client, query: str = "", referer: str = "") -> Links:
    headers = {"Referer": referer} if referer else {}
    return Links(client.get(f"{FRAME}{query}", headers=headers).content.decode())


def test_any_site_may_frame_it_and_nobody_is_followed(client: Client, outlet: OutletFacts) -> None:
    answer = client.get(FRAME)
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "Cookie" not in answer["Vary"]


def test_it_needs_no_script_and_leads_out_of_the_frame(client: Client, outlet: OutletFacts) -> None:
    links = links_of(client)
    assert "script" not in links.tags
    assert "form" not in links.tags
    assert {link["target"] for link in links.found} == {"_top"}
    # Two ways for four amounts, once and monthly, and another amount.
    assert len(links.found) == 2 * 4 * 2 + 1


@pytest.mark.parametrize(
    ("said", "spoken"), [("ro", "ro"), ("ru-MD", "ru"), ("", "en"), ("xx", "en")]
)
def test_the_language_that_the_address_says(
    client: Client, outlet: OutletFacts, said: str, spoken: str
) -> None:
    answer = client.get(FRAME, {"lang": said}, headers={"Accept-Language": "ro"})
    html = answer.content.decode()
    assert f'<html lang="{spoken}"' in html
    assert outlet.missions[spoken] in html
    assert f"/{spoken}/paypal/?" in html


def test_each_link_carries_its_choice(client: Client, outlet: OutletFacts) -> None:
    queries = links_of(
        client, "?lang=ro&article=https://news.example/a&title=Cine+plătește"
    ).queries
    chosen = {(q.get("amount", [""])[0], q.get("interval", [""])[0]) for q in queries}
    assert {("10", "once"), ("5", "month"), ("", "")} <= chosen
    assert all(q["article"] == ["https://news.example/a"] for q in queries)
    assert all(q["title"] == ["Cine plătește"] for q in queries)
    assert {q.get("currency", ["EUR"])[0] for q in queries} == {"EUR"}


def test_the_page_around_it_is_the_article(client: Client, outlet: OutletFacts) -> None:
    assert all(q["article"] == [ARTICLE] for q in links_of(client, referer=ARTICLE).queries)


@pytest.mark.parametrize(
    "referer",
    ["https://news.example", "https://news.example/", "http://testserver/en/", "nonsense", "http://["],
)  # fmt: skip
def test_a_site_alone_is_no_article(client: Client, outlet: OutletFacts, referer: str) -> None:
    assert not any("article" in q for q in links_of(client, referer=referer).queries)


def test_what_the_address_names_wins(client: Client, outlet: OutletFacts) -> None:
    queries = links_of(client, "?article=https://news.example/a", referer=ARTICLE).queries
    assert all(q["article"] == ["https://news.example/a"] for q in queries)


def test_what_one_browser_told_is_kept_for_nobody(client: Client, outlet: OutletFacts) -> None:
    told = client.get(FRAME, headers={"Referer": ARTICLE})
    assert "private" in told["Cache-Control"]
    assert not caches["pages"]._cache  # type: ignore[attr-defined]
    silent = client.get(FRAME)
    assert "public" in silent["Cache-Control"]
    assert "Referer" in silent["Vary"]
    assert "news.example" not in silent.content.decode()


def test_a_kept_frame_is_not_for_those_who_come_from_an_article(
    client: Client, outlet: OutletFacts
) -> None:
    client.get(FRAME)
    assert caches["pages"]._cache  # type: ignore[attr-defined]
    assert all(q["article"] == [ARTICLE] for q in links_of(client, referer=ARTICLE).queries)


def test_a_frame_that_names_its_article_is_kept_for_all(
    client: Client, outlet: OutletFacts
) -> None:
    query = "?article=https://news.example/a"
    first = client.get(f"{FRAME}{query}", headers={"Referer": ARTICLE})
    assert "Referer" not in first["Vary"]
    newsroom_with(outlet, name="Another newsroom")
    again = client.get(f"{FRAME}{query}", headers={"Referer": "https://news.example/b"})
    assert again.content == first.content


def test_words_of_strangers_stay_words(client: Client, outlet: OutletFacts) -> None:
    odd = '"><script>alert(1)</script>'
    answer = client.get(FRAME, {"article": odd, "title": odd, "lang": odd, "scheme": odd})
    assert "<script" not in answer.content.decode()


def test_a_long_address_is_cut(client: Client, outlet: OutletFacts) -> None:
    answer = client.get(FRAME, {"article": "https://news.example/" + "a" * 5000})
    assert b"a" * 1001 not in answer.content


def test_without_any_way_it_leads_to_the_support_page(
    client: Client, outlet: OutletFacts, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = ""
    newsroom_with(outlet, paypal_email="", paypal_handle="")
    answer = client.get(FRAME)
    assert "To the support page" in answer.content.decode()
    assert len(Links(answer.content.decode()).found) == 1


def test_always_light_where_a_site_has_no_dark_mode(client: Client, outlet: OutletFacts) -> None:
    assert "data-scheme" not in client.get(FRAME).content.decode()
    light = client.get(FRAME, {"scheme": "light"}).content.decode()
    assert 'data-scheme="light"' in light
    assert '<meta name="color-scheme" content="light">' in " ".join(light.split())
