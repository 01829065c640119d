"""The desk's list of donations."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from donations.articles.models import Article
from donations.giving.models import Donation, Refund
from donations.models import User
from tests.lists.crowd import NOON, a_gift, a_supporter
from tests.web.desk import a_pledge, text_of
from tests.web.test_staff_supporters_list import links

Counted = Callable[..., Any]
HERE = "/staff/donations/"


def a_whole_gift(number: int) -> Donation:
    """One with everything that a row can show."""
    article = Article.objects.create(
        url=f"https://newscafe.example/{number}", title=f"Bread {number}", first_seen_at=NOON
    )
    gift = a_gift(
        supporter=a_supporter(f"Ana {number}"),
        article=article,
        pledge=a_pledge(utm_campaign="spring"),
        note="For the choir",
    )
    Refund.objects.create(
        donation=gift,
        gateway="stripe",
        gateway_ref=f"re_{number}",
        amount_minor=1000,
        currency="EUR",
        status="succeeded",
        refunded_at=NOON,
        observed_at=NOON,
    )
    return gift


def test_an_empty_list_says_what_will_come(desk: Client) -> None:
    assert "No payment has arrived yet. Gifts by card" in text_of(desk.get(HERE))


def test_a_row(desk: Client) -> None:
    gift = a_whole_gift(1)
    response = desk.get(HERE)
    page = text_of(response)
    assert "1 donation" in page
    for told in ("Ana 1", "10.00", "card", "one-off", "Bread 1", "refunded"):
        assert told in page
    found = links(response)
    assert f"/staff/donations/{gift.pk}/" in found.values()
    assert found["Ana 1"] == f"/staff/supporters/{gift.supporter_id}/"
    assert found["Bread 1"] == f"{HERE}?article={gift.article_id}"
    assert 'title="20 Nov 2026, 12:00:00' in response.content.decode()


def test_every_column(desk: Client) -> None:
    a_whole_gift(1)
    columns = "date who amount method kind article state address fee campaign note reference"
    query = "&".join(f"cols={name}" for name in columns.split())
    page = text_of(desk.get(f"{HERE}?{query}"))
    for told in ("reader", "0.50", "spring", "For the choir", "pi_"):
        assert told in page


def test_a_gift_that_is_nobody_s_yet_shows_its_payer(desk: Client) -> None:
    a_gift(payer_name="Zoe P.", payer_email="zoe@example.org")
    a_gift(payer_email="left@example.org", is_left_alone=True)
    page = text_of(desk.get(HERE))
    assert "Zoe P. nobody's yet" in page
    assert page.count("nobody's yet") == 1 + page.count("Nobody's yet") - 1


def test_searched_and_filtered(desk: Client) -> None:
    a_gift(payer_name="Zoe P.", gateway="paypal")
    a_gift(payer_name="Ion R.")
    page = text_of(desk.get(f"{HERE}?q=zoe&method=paypal"))
    assert "1 donation" in page
    assert "Ion R." not in page
    assert "PayPal take this filter off ×" in page
    assert "No donation fits all of this." in text_of(desk.get(f"{HERE}?q=zoe&method=manual"))


def test_turning_over(desk: Client) -> None:
    for number in range(60):
        a_gift(days=number, payer_name=f"Payer {number:02}")
    first = desk.get(HERE)
    assert "Payer 49" in text_of(first)
    second = desk.get(HERE + links(first)["Next →"].removeprefix(HERE))
    assert "Payer 50" in text_of(second)
    assert "Payer 49" not in text_of(second)


def test_viewers_see_none(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("v@example.org", is_staff=True, role="viewer"))
    assert client.get(HERE).status_code == 403


@pytest.mark.parametrize("query", ["", "q=ana&currency=EUR&least=1&sort=most-EUR&state=refunded"])
def test_as_many_queries_for_sixty_as_for_one(
    desk: Client,
    query: str,
    django_assert_num_queries: Counted,
    django_assert_max_num_queries: Counted,
) -> None:
    a_whole_gift(0)
    desk.get(HERE)
    with django_assert_max_num_queries(23) as few:
        desk.get(f"{HERE}?{query}")
    for number in range(1, 60):
        a_whole_gift(number)
    with django_assert_num_queries(len(few)):
        desk.get(f"{HERE}?{query}")
