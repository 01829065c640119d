"""A click without a script: the browser alone tells the article, and to us alone."""

import pytest
from django.core.cache import caches
from django.test import Client

from donations.outlet.queries import OutletFacts

ARTICLE = "https://news.example/2026/who-pays"
PAGES = ["/en/", "/ro/paypal/"]


def article_field(client: Client, path: str, referer: str = "") -> str:
    """What the form will say about where the reader came from."""
    html = client.get(path, headers={"Referer": referer} if referer else {}).content.decode()
    return " ".join(html.partition('name="article"')[2].partition(">")[0].split())


@pytest.mark.parametrize("path", PAGES)
def test_the_page_before_is_the_article(client: Client, outlet: OutletFacts, path: str) -> None:
    assert article_field(client, path, ARTICLE) == f'value="{ARTICLE}"'
    assert article_field(client, path, "https://news.example/") == 'value=""'
    assert article_field(client, path) == 'value=""'


@pytest.mark.parametrize("path", PAGES)
def test_no_cache_hands_it_on(client: Client, outlet: OutletFacts, path: str) -> None:
    told = client.get(path, headers={"Referer": ARTICLE})
    assert told["Cache-Control"] == "private, max-age=0"
    assert not caches["pages"]._cache  # type: ignore[attr-defined]
    assert "Referer" in client.get(path)["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_does_not_hide_it(client: Client, outlet: OutletFacts, path: str) -> None:
    client.get(path)
    assert caches["pages"]._cache  # type: ignore[attr-defined]
    assert article_field(client, path, ARTICLE) == f'value="{ARTICLE}"'
    other = "https://news.example/2026/another"
    assert article_field(client, path, other) == f'value="{other}"'


@pytest.mark.parametrize("path", PAGES)
def test_what_the_link_names_wins_and_is_kept(
    client: Client, outlet: OutletFacts, path: str
) -> None:
    named = f"{path}?article=https://news.example/named"
    assert article_field(client, named, ARTICLE) == 'value="https://news.example/named"'
    assert caches["pages"]._cache  # type: ignore[attr-defined]
    assert "Referer" not in client.get(named)["Vary"]
