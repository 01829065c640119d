"""The page that asks."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.standins.stripe import StripeStandin
from tests.web.form import flat

pytestmark = pytest.mark.django_db
FIRST_VIEW_BYTES = 10 * 1024


@pytest.fixture(autouse=True)
def _stripe(stripe: StripeStandin) -> None:
    """A card provider is configured."""


@pytest.mark.parametrize("language", ["en", "ro", "ru"])
def test_the_first_view_is_small_private_and_ours_alone(client: Client, language: str) -> None:
    response = client.get(f"/{language}/", headers={"accept-encoding": "gzip"})
    page = gzip.decompress(response.content).decode()
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    sizes = [
        len(gzip.compress(Path(staticfiles_storage.path(name)).read_bytes())) for name in files
    ]

    assert response.status_code == 200
    assert len(response.content) + sum(sizes) < FIRST_VIEW_BYTES
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    loaded = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)"|script|img)[^>]+="(/[^"]+|http[^"]+)', page
    )
    assert len(loaded) == 3
    assert all(address.startswith(f"/{project.STATIC_URL.strip('/')}/") for address in loaded)


def test_when_warm_it_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/en/?article=https://news.example/a")

    with django_assert_num_queries(0):
        second = client.get("/en/?article=https://news.example/a")

    assert first.content == second.content
    assert second["Cache-Control"] == "public, max-age=60"


def test_a_page_in_one_language_is_never_given_in_another(client: Client) -> None:
    for language in ("en", "ro", "ru"):
        page = client.get("/ro/", headers={"accept-language": language})
        assert page["Content-Language"] == "ro"
        assert '<html lang="ro">' in page.content.decode()


def test_nothing_is_decided_for_the_reader(client: Client) -> None:
    page = flat(client.get("/en/"))

    assert re.findall(r'value="(\w+)" id="\w+" checked', page) == ["once", "card"]
    assert page.count("checked") == 2
    assert len(re.findall(r'name="amount"', page)) == 1
    assert "Continue to payment" in page


def test_what_the_address_carries_is_filled_in(client: Client) -> None:
    page = flat(
        client.get(
            "/en/?amount=12.50&currency=usd&interval=month"
            "&article=https://news.example/a&utm_source=x"
        )
    )

    assert "Give $12.50 every month" in page
    assert 'value="12.50"' in page
    assert re.search(r'<option value="USD"[^>]* selected>', page)
    assert 'value="https://news.example/a"' in page
    assert 'name="utm_source" value="x"' in page


def test_an_amount_that_has_a_button_is_picked_there(client: Client) -> None:
    page = flat(client.get("/en/?amount=20.00&currency=EUR"))

    assert "Give €20" in page
    assert re.search(r'value="EUR:2000" checked>', page)
    assert 'value="20.00"' not in page


def test_an_amount_without_a_button_for_that_interval_is_typed(client: Client) -> None:
    page = flat(client.get("/en/?amount=50&currency=EUR&interval=month"))

    assert "Give €50 every month" in page
    assert 'value="50"' in page


@pytest.mark.parametrize(
    "query",
    ["amount=abc", "amount=-1", "amount=0.01", "amount=10&currency=XXX", "amount=99999999999"],
)
def test_what_is_wrong_in_the_address_is_ignored(client: Client, query: str) -> None:
    response = client.get(f"/en/?{query}&interval=weekly&utm_medium=%00")

    assert response.status_code == 200
    assert 'class="exact"' not in response.content.decode()
    assert "error" not in response.content.decode()


def test_coming_back_without_paying_is_calm(client: Client) -> None:
    page = client.get("/en/?canceled=1&amount=10&currency=EUR&interval=once").content.decode()

    assert "Nothing was charged." in page
    assert "Give €10" in page


def test_it_alone_may_stand_in_a_frame(client: Client) -> None:
    page, thanks = client.get("/en/"), client.get("/en/thanks/")

    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert "frame-ancestors 'none'" in thanks["Content-Security-Policy"]
    assert thanks["X-Frame-Options"] == "DENY"
    assert 'target="_top"' in page.content.decode()


def test_no_script_or_style_stands_in_the_page(client: Client) -> None:
    page = client.get("/en/").content.decode()

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_the_practice_mode_is_told_and_ends(client: Client, settings: Settings) -> None:
    practising = client.get("/en/").content.decode()
    settings.STRIPE_IS_STANDIN = False
    live = client.get("/en/?live").content.decode()

    assert "Practice mode." in practising
    assert "Practice mode." not in live


def test_paypal_is_there_for_people_and_screen_readers(client: Client) -> None:
    page = client.get("/en/").content.decode()

    assert "office[at]rudeana.com" in page
    assert "office at rudeana.com" in page
    assert "office@rudeana.com" not in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ro-MD,ro;q=0.9,en;q=0.5", "ro"), ("ru", "ru"), ("de,fr;q=0.5", "en"), ("", "en")],
)
def test_the_door_opens_in_the_reader_s_language(
    client: Client, accepted: str, language: str
) -> None:
    response = client.get("/?amount=5&utm_source=a", headers={"accept-language": accepted})

    assert response.status_code == 302
    assert response["Location"] == f"/{language}/?amount=5&utm_source=a"
    assert "Accept-Language" in response["Vary"]


def test_a_language_that_we_do_not_speak_is_not_found_in_the_reader_s_own(client: Client) -> None:
    response = client.get("/xx/", headers={"accept-language": "ru"})

    assert response.status_code == 404
    assert "Такой страницы нет." in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert client.generic(method.upper(), "/en/").status_code == 405
    assert client.generic(method.upper(), "/en/give/").status_code == 405
