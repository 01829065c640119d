"""PayPal's short form, from an article's footer: no address is asked, whatever goes wrong."""

from typing import Any

import pytest
from django.test import Client

from donations.giving.models import Pledge
from tests.web.form import errors, flat, send

pytestmark = pytest.mark.django_db
ARTICLE = "https://news.example/a"


def send_short(client: Client, language: str = "en", **changes: str) -> Any:
    """What the short form sends, but for the changes."""
    known = {"method": "paypal", "short": "1", "email": "", "name": "", "article": ARTICLE}
    return send(client, language, **known | changes)


def is_short(page: str) -> bool:
    """Nothing but the gift is asked for."""
    return 'name="short"' in page and 'name="email"' not in page


def test_it_says_of_itself_that_it_is_short(client: Client) -> None:
    assert is_short(flat(client.get("/en/paypal/")))
    assert 'name="short"' not in flat(client.get("/en/"))


def test_it_leads_to_paypal(client: Client) -> None:
    answer = send_short(client)
    assert (answer.status_code, answer["Location"]) == (303, Pledge.objects.get().checkout_url)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "much"}, "amount"),
        ({"currency": "MDL"}, "currency"),
        ({"interval": "daily"}, "interval"),
        ({"method": "card"}, "method"),
    ],
)
def test_a_mistake_is_told_on_the_short_page(
    client: Client, wrong: dict[str, str], field: str
) -> None:
    answer = send_short(client, **wrong)
    page = flat(answer)

    assert answer.status_code == 422
    assert [*errors(answer)] == [field]
    assert is_short(page)
    assert f'<a href="#{field}">' in page
    assert f'value="{ARTICLE}"' in page
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Please check:"), ("ro", "Vă rugăm"), ("ru", "Проверьте")]
)
def test_the_window_s_title_says_so(client: Client, language: str, title: str) -> None:
    head = flat(send_short(client, language, amount="")).partition("</title>")[0]
    assert title in head.partition("<title>")[2]


def test_a_page_that_was_open_for_a_day(client: Client) -> None:
    answer = send_short(client, token="of yesterday")
    assert answer.status_code == 422
    assert "This page had been open for a long time." in flat(answer)
    assert is_short(flat(answer))
