"""PayPal in one click, past every form: the paypal.me address, with the amount that is chosen."""

import pytest
from django.test import Client
from pytest_django import Settings

from donations.outlet.queries import OutletFacts
from tests.web.embedded import newsroom_with

PAGES = pytest.mark.parametrize("path", ["/en/", "/ro/paypal/"])
ADDRESS = "https://paypal.me/newscafe"
SAID = '"QR code of paypal.me/newscafe"'


@pytest.fixture(autouse=True)
def _paypal_itself(outlet: OutletFacts, settings: Settings) -> None:
    settings.PAYPAL_WEBSITE_URL = "https://www.paypal.com"
    settings.STRIPE_SECRET_KEY = "sk_test_suite"


def page(client: Client, path: str, **query: str) -> str:
    return client.get(path, query).content.decode()


@PAGES
@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [("10", "EUR", "10EUR"), ("7.50", "USD", "7.50USD"), ("1000", "GBP", "1000GBP")],
)
def test_with_the_amount_and_its_currency(
    client: Client, path: str, amount: str, currency: str, shown: str
) -> None:
    html = page(client, path, amount=amount, currency=currency)
    assert f'<a href="{ADDRESS}/{shown}" target="_top">paypal.me/newscafe/{shown}</a>' in html


@PAGES
@pytest.mark.parametrize(
    "query",
    [{}, {"amount": "10", "currency": "EUR", "interval": "month"}, {"amount": "/../evil"}],
    ids=["nothing is chosen", "it gives once", "no amount"],
)
def test_the_address_alone(client: Client, path: str, query: dict[str, str]) -> None:
    html = page(client, path, **query)
    assert f'<a href="{ADDRESS}" target="_top">paypal.me/newscafe</a>' in html


def test_lei_are_for_the_card(client: Client) -> None:
    assert f'"{ADDRESS}"' in page(client, "/en/", amount="100", currency="MDL")


def test_its_picture_is_named_by_what_it_shows(client: Client) -> None:
    assert SAID in page(client, "/en/paypal/", amount="10", currency="EUR")


def test_a_newsroom_without_a_name_at_paypal(client: Client, outlet: OutletFacts) -> None:
    newsroom_with(outlet, paypal_handle="")
    html = page(client, "/en/paypal/", amount="10", currency="EUR")
    assert "paypal.me" not in html
    assert "QR code of this page" in html
