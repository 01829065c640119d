"""What the form leads to."""

import pytest
from django.core import signing
from django.test import Client
from pytest_django import Settings

from donations.giving.models import Pledge
from donations.outlet.models import Outlet
from donations.supporters.models import Consent
from donations.web import give
from donations.web.forms import new_token
from tests.standins.stripe import StripeStandin
from tests.web.form import FILLED, errors, filled, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stripe(stripe: StripeStandin) -> None:
    """A card provider is configured."""


def test_by_card_it_leads_to_the_provider_s_page(client: Client, stripe: StripeStandin) -> None:
    response = send(
        client,
        "ro",
        interval="month",
        amount="12,50",
        name="Ștefan 🌻 עדי",
        message="Mulțumesc!\r\nA doua linie",
        public="on",
        article="https://news.example/a?utm_source=x",
        utm_campaign="spring",
        consent_topics="on",
    )

    pledge = Pledge.objects.get()
    assert response.status_code == 303
    assert response["Location"] == pledge.checkout_url
    assert response["Location"].startswith(stripe.base_url)
    assert str(pledge) == "1250 EUR month"
    assert (pledge.method, pledge.language, pledge.public) == ("card", "ro", True)
    assert (pledge.name, pledge.message) == ("Ștefan 🌻 עדי", "Mulțumesc!\nA doua linie")
    assert pledge.article is not None
    assert pledge.article.url == "https://news.example/a"
    assert pledge.utm_campaign == "spring"
    consents = Pledge.objects.get().consents
    assert consents["topics"].startswith("Scrieți-mi când apare un subiect nou.")


def test_by_paypal_it_leads_to_the_outlet_s_link(client: Client) -> None:
    response = send(client, method="paypal", email="", amount="20")

    assert response.status_code == 303
    assert response["Location"] == Pledge.objects.get().checkout_url
    assert response["Location"].startswith("https://www.paypal.com/cgi-bin/webscr?cmd=_donations")
    assert "&amount=20.00&" in response["Location"]


def test_by_a_paypal_name_alone_it_leads_there_by_way_of_the_code(client: Client) -> None:
    Outlet.objects.update(paypal_email="")

    response = send(client, method="paypal", email="", amount="20")

    pledge = Pledge.objects.get()
    assert pledge.checkout_url == "https://paypal.me/newscafeeu/20EUR"
    assert response["Location"].endswith(f"/en/paypal/note/?code={pledge.code}")


def test_a_preset_is_enough(client: Client) -> None:
    send(client, amount="", preset="EUR:2000")

    assert Pledge.objects.get().amount_minor == 2000


def test_what_is_typed_wins_over_a_preset(client: Client) -> None:
    send(client, amount="7", preset="USD:2000")

    assert str(Pledge.objects.get()) == "700 EUR once"


def test_an_address_of_254_characters_is_fine(client: Client) -> None:
    domain = ".".join(["b" * 62] * 3) + ".org"
    email = "a" * (254 - len(domain) - 1) + "@" + domain

    response = send(client, method="paypal", email=email)

    assert (len(email), response.status_code) == (254, 303)


def test_the_mail_box_is_no_by_default(client: Client) -> None:
    send(client)

    assert not Consent.objects.exists()


def test_where_a_reader_came_from_never_refuses_a_gift(client: Client) -> None:
    response = send(client, article="javascript:x\0" * 500, utm_source="\n" + "u" * 300)

    assert response.status_code == 303
    assert Pledge.objects.get().utm_source == "u" * 100


def test_sending_it_the_second_time_is_one_pledge(client: Client) -> None:
    first, second = send(client), send(client)

    assert first["Location"] == second["Location"]
    assert Pledge.objects.count() == 1


def test_it_needs_neither_cookie_nor_csrf_and_sets_none() -> None:
    strict = Client(enforce_csrf_checks=True)

    response = send(strict)

    assert response.status_code == 303
    assert not response.cookies


def test_when_the_provider_is_down_the_form_offers_paypal(
    client: Client, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    response = send(client, amount="15")
    page = response.content.decode()

    assert response.status_code == 503
    assert "Nothing was charged." in page
    assert "/newscafeeu/15EUR" in page
    assert 'value="ana@example.org"' in page


def test_when_the_provider_is_down_lei_have_no_link(client: Client, settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    response = send(client, amount="200", currency="MDL")

    assert response.status_code == 503
    assert "newscafeeu/200" not in response.content.decode()


def test_an_amount_that_the_provider_finds_too_small_is_a_field_error(
    client: Client, stripe: StripeStandin
) -> None:
    stripe.settings.minimums = {"eur": 50}

    response = send(client, currency="MDL", amount="1")

    assert response.status_code == 422
    assert "amount" in errors(response)


def test_more_payments_than_a_person_makes_are_asked_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(give, "PER_PERSON", "2/m/key")

    statuses = [send(client, amount=amount).status_code for amount in ("1", "2", "3")]
    other = send(client, email="ion@example.org")
    again = send(client, amount="4")

    assert statuses == [303, 303, 429]
    assert other.status_code == 303
    assert "a little too fast" in again.content.decode()
    assert 'value="4"' in again.content.decode()


def test_a_reader_without_a_place_may_give(client: Client) -> None:
    assert client.post("/en/give/", filled(), REMOTE_ADDR="").status_code == 303


def test_the_language_switch_keeps_everything_and_judges_nothing(client: Client) -> None:
    response = client.post(
        "/ru/give/",
        FILLED
        | {"switch": "1", "amount": "abc", "preset": "EUR:500", "message": "ță", "public": "on"},
    )
    page = response.content.decode()

    assert response.status_code == 200
    assert '<html lang="ru">' in page
    assert 'action="/ru/give/"' in page
    assert 'value="abc"' in page
    assert 'value="EUR:500" checked' in page
    assert "ță</textarea>" in page
    assert "summary-title" not in page
    assert not Pledge.objects.exists()


def test_opening_the_form_s_address_leads_to_the_page(client: Client) -> None:
    response = client.get("/ro/give/")

    assert response.status_code == 302
    assert response["Location"] == "/ro/"


def test_the_token_is_the_same_proof_for_everybody() -> None:
    assert signing.TimestampSigner(salt="donations.give").unsign(new_token()) == "give"
