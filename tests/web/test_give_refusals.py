"""What the form refuses: beside the field, in the reader's language, with nothing written."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from donations.articles.models import Article
from donations.giving.models import Pledge
from donations.outlet.models import Outlet
from donations.supporters.models import Consent, Supporter
from tests.standins.stripe import StripeStandin
from tests.web.form import errors, flat, send

pytestmark = pytest.mark.django_db
PAYPAL = {"method": "paypal", "email": ""}


@pytest.fixture(autouse=True)
def _stripe(stripe: StripeStandin) -> None:
    """A card provider is configured."""


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"amount": "0"}, "amount", "above zero"),
        ({"amount": "0.00"}, "amount", "above zero"),
        ({"amount": "-5"}, "amount", "above zero"),
        ({"amount": "1e9"}, "amount", "in figures"),
        ({"amount": "10.005"}, "amount", "two decimals"),
        ({"amount": "1,000.00"}, "amount", "in figures"),
        ({"amount": "abc"}, "amount", "in figures"),
        ({"amount": "١٠"}, "amount", "in figures"),
        ({"amount": "10\0"}, "amount", "in figures"),
        ({"amount": "9" * 5000}, "amount", "in figures"),
        ({"amount": ""}, "amount", "Choose an amount"),
        ({"amount": "  "}, "amount", "Choose an amount"),
        ({"amount": "1000000"}, "amount", "The largest gift is €999,999.99"),
        ({"amount": "0.49"}, "amount", "The smallest gift is €0.50"),
        ({"amount": "", "preset": "EUR:1001"}, "amount", "Choose an amount"),
        ({"amount": "", "preset": "EUR:-5"}, "amount", "Choose an amount"),
        ({"amount": "", "preset": "USD:1000"}, "amount", "the currency has changed"),
        ({"currency": "XYZ"}, "currency", "Choose a currency"),
        ({"currency": ""}, "currency", "Choose a currency"),
        ({"interval": "week"}, "interval", "how often"),
        ({"interval": ""}, "interval", "how often"),
        ({"method": "cash"}, "method", "card or PayPal"),
        ({"method": ""}, "method", "card or PayPal"),
        ({"email": ""}, "email", "the receipt goes there"),
        ({"email": "ana"}, "email", "like name@example.com"),
        ({"email": "ana@example.org\nBcc: all@example.org"}, "email", "like name@example.com"),
        ({"email": "a" * 60 + "@" + ("b" * 60 + ".") * 4 + "org"}, "email", "too long"),
        ({"name": "x" * 201}, "name", "200 characters"),
        ({"name": "Ana\0"}, "name", "cannot be saved"),
        ({"name": "Ana\nBcc: x"}, "name", "cannot be saved"),
        ({"name": "Ana\x07"}, "name", "cannot be saved"),
        ({"message": "x" * 1001}, "message", "1000 characters"),
        ({"message": "a\x1bb"}, "message", "cannot be saved"),
        (PAYPAL | {"currency": "MDL"}, "currency", "PayPal cannot take lei. Choose euro"),
        (PAYPAL | {"currency": "RON"}, "currency", "or pay by card"),
        (PAYPAL | {"email": "nobody"}, "email", "like name@example.com"),
    ],
)
def test_says_what_to_do_beside_the_field(
    client: Client, changes: dict[str, str], field: str, message: str
) -> None:
    response = send(client, **changes)

    assert response.status_code == 422
    assert any(message in error for error in errors(response)[field]), errors(response)
    page = response.content.decode()
    assert f'<a href="#{field}">' in page
    assert f'id="error-{field}"' in page
    assert f'id="{field}"' in page
    assert not Pledge.objects.exists()
    assert not Supporter.objects.exists()


@pytest.mark.parametrize("interval", ["month", "year"])
def test_a_paypal_name_alone_gives_once(client: Client, interval: str) -> None:
    assert send(client, **PAYPAL, interval=interval).status_code == 303
    Outlet.objects.update(paypal_email="")
    cache.clear()

    response = send(client, **PAYPAL, interval=interval)

    assert response.status_code == 422
    assert "PayPal gives once" in errors(response)["method"][0]


def test_a_refused_form_writes_nothing_at_all(client: Client) -> None:
    send(client, email="bad", consent_topics="on", article="https://news.example/a")

    assert not Article.objects.exists()
    assert not Consent.objects.exists()


def test_the_form_comes_back_as_it_was(client: Client) -> None:
    response = send(
        client,
        amount="12,50",
        currency="USD",
        interval="year",
        email="bad",
        name="Ана <b>Ș</b>",
        message="\nline two",
        public="on",
        consent_topics="on",
        article="https://news.example/a?b=1&c=2",
        utm_source="letter",
    )
    page = flat(response)

    assert 'value="12,50"' in page
    assert "Give $12.50 every year" in page
    assert 'value="year" id="interval-year" checked' in page
    assert "Ана &lt;b&gt;Ș&lt;/b&gt;" in page
    assert ">\n\nline two</textarea>" in response.content.decode()
    assert page.count("checked") == 4
    assert "https://news.example/a?b=1&amp;c=2" in page
    assert 'value="letter"' in page


@pytest.mark.parametrize("token", ["", "give", "give:1abcde:forged"])
def test_without_a_fresh_token_the_form_comes_back_calmly(client: Client, token: str) -> None:
    response = send(client, token=token)

    assert response.status_code == 422
    assert errors(response) == {}
    assert "This page had been open for a long time." in response.content.decode()
    assert not Pledge.objects.exists()


def test_an_old_page_is_shown_again_with_a_new_token(client: Client, settings: Settings) -> None:
    settings.FORM_TOKEN_MAX_AGE = -1

    response = send(client)

    assert response.status_code == 422
    assert 'value="ana@example.org"' in response.content.decode()


def test_ten_megabytes_are_refused_calmly(client: Client) -> None:
    response = send(client, "ro", message="x" * 10_000_000)

    assert response.status_code == 413
    assert "Nu s-a încasat nimic" in response.content.decode()


def test_thousands_of_fields_are_refused_calmly(client: Client) -> None:
    response = client.post("/en/give/", {f"f{number}": "" for number in range(5000)})

    assert response.status_code == 413


def test_a_body_that_is_not_text_is_refused_calmly(client: Client) -> None:
    response = client.post(
        "/en/give/", b"name=\xff\xfe", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code in (413, 422)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("ro", "PayPal nu acceptă lei. Alegeți euro, dolari americani sau lire sterline"),
        ("ru", "PayPal не принимает леи. Выберите евро, доллары США или фунты"),
    ],
)
def test_errors_speak_the_page_s_language(client: Client, language: str, message: str) -> None:
    assert message in send(client, language, **PAYPAL, currency="MDL").content.decode()


def test_with_a_card_provider_lei_are_offered(client: Client) -> None:
    assert re.search(r"\bMDL\b", client.get("/en/").content.decode())


def test_without_a_card_provider_only_paypal_is_offered(client: Client, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""

    page = client.get("/en/").content.decode()
    refused = send(client)

    assert 'value="card"' not in page
    assert not re.search(r"\bMDL\b", page)
    assert "Stripe" not in page
    assert "Every month" in page
    assert refused.status_code == 422
    assert "method" in errors(refused)


def test_with_a_paypal_name_alone_nothing_repeats(client: Client, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    Outlet.objects.update(paypal_email="")

    assert "Every month" not in client.get("/en/").content.decode()
