"""What each article earned, each currency for itself."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from donations.articles.models import Article
from donations.insights import operations as insights
from donations.money import Money
from tests.web.desk import NOON, a_gift, a_pledge, text_of


def earn(path: str, *, days_ago: int = 0, minor: int = 1000, currency: str = "EUR") -> None:
    """A gift that came from an article's footer."""
    url = f"https://newscafe.eu/{path}"
    article = Article.objects.get_or_create(
        url=url, defaults={"title": f"About {path}", "first_seen_at": NOON}
    )[0]
    pledge = a_pledge(article=article)
    a_gift(
        pledge_token=pledge.token,
        money=Money(minor, currency),
        received_at=NOON - timedelta(days=days_ago),
    )
    insights.recount_due(at=timezone.now())


def order(desk: Client, query: str = "") -> list[str]:
    """The articles in the order of the page."""
    page = text_of(desk.get(f"/staff/articles/{query}"))
    names = ("About bread", "About water", "About wine")
    return sorted((each for each in names if each in page), key=page.index)


def test_nothing_yet(desk: Client) -> None:
    assert "No article has earned a gift yet." in text_of(desk.get("/staff/articles/"))


def test_a_row_for_each_currency_and_no_sum_across(desk: Client) -> None:
    earn("bread")
    earn("bread", minor=500)
    earn("bread", minor=700, currency="USD")

    page = text_of(desk.get("/staff/articles/")).replace("\xa0", " ")

    assert "About bread https://newscafe.eu/bread" in page
    assert "EUR 15.00 2" in page
    assert "USD 7.00 1" in page
    assert "22.00" not in page


def test_the_orders(desk: Client) -> None:
    earn("bread", days_ago=3, minor=9000)
    earn("wine", days_ago=2, minor=100, currency="USD")
    earn("wine", days_ago=5)
    earn("water", days_ago=1)
    assert order(desk) == ["About water", "About wine", "About bread"]
    assert order(desk, "?by=gifts") == ["About wine", "About water", "About bread"]
    assert order(desk, "?by=EUR") == ["About bread", "About water", "About wine"]
    assert order(desk, "?by=USD")[0] == "About wine"
    assert order(desk, "?by=nonsense") == order(desk)
