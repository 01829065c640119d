"""One look at a month: what it says, of which money, and to whom."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.outlet.models import Outlet
from donations.supporters.models import User
from donations.web.staff.overview.formulas import FORMULAS
from tests.web.desk import a_gift, text_of
from tests.web.figuring import agreed, an_article, counted, gave, left, went_back

pytestmark = pytest.mark.django_db
OCTOBER = "/staff/?currency=EUR&month=2026-10"


def look(desk: Client, address: str = OCTOBER) -> str:
    counted()
    return text_of(desk.get(address)).replace("\xa0", " ")


def test_with_nothing_at_all_it_says_what_will_appear(desk: Client) -> None:
    page = look(desk, "/staff/")
    for words in (
        "Nothing waits for you.",
        "Every gift of this month and of those before adds up here to a line.",
        "The first gift in EUR begins this chart.",
        "When somebody begins, changes or ends monthly support, it is added up here.",
        "As soon as somebody gives every month, this table shows how long people stay.",
        "No payment is being retried.",
        "Set a goal for each month",
        "begins a forecast",
    ):
        assert words in page
    assert 'class="chart"' not in desk.get("/staff/").content.decode()


def test_a_month_beside_the_one_before_and_a_year_before(desk: Client) -> None:
    gave("2026-10-31", 3000)
    gave("2026-09-01", 1000)
    gave("2025-10-15", 6000)
    page = look(desk)
    assert "Received · October 2026 €30" in page
    assert "+200% September 2026: €10" in page
    assert "-50% October 2025: €60" in page


def test_what_went_back_is_taken_off_and_said(desk: Client) -> None:
    gave("2026-10-10", 3000)
    assert "went back:" not in look(desk)
    went_back("2026-10-12", 1200)
    page = look(desk)
    assert "Received · October 2026 €18" in page
    assert "went back: €12" in page


def test_each_currency_by_itself(desk: Client) -> None:
    gave("2026-10-10", 3000)
    gave("2026-10-10", 700, "USD")
    gave("2026-10-11", 700, "USD")
    assert "Received · October 2026 €30" in look(desk)
    assert "Received · October 2026 $14" in look(desk, "/staff/?currency=usd&month=2026-10")
    assert "Received · October 2026 $14" in look(desk, "/staff/?month=2026-10"), "the most used"
    assert not re.search(r"(?:EUR|USD|[€$]) ?44\b", look(desk))


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("?currency=XXX", "Nothing was given in that currency, so here is EUR."),
        ("?currency=<b>", "Nothing was given in that currency, so here is EUR."),
        ("?month=2026-99", "These days cannot be shown, so here is this month."),
        ("?from=tomorrow&to=never", "These days cannot be shown, so here is this month."),
        ("?month=%00", "These days cannot be shown, so here is this month."),
    ],
)
def test_an_address_that_cannot_be_read(desk: Client, query: str, note: str) -> None:
    gave("2026-10-10")
    assert note in look(desk, f"/staff/{query}")


def test_an_address_may_be_sent_to_a_colleague(desk: Client) -> None:
    gave("2026-10-10")
    counted()
    page = desk.get("/staff/?from=2026-10-01&to=2026-10-20").content.decode()
    assert "?currency=EUR&amp;from=2026-10-01&amp;to=2026-10-20" in page
    assert "/staff/figures/received.csv?currency=EUR&amp;from=2026-10-01" in page


def test_monthly_support_adds_up(desk: Client) -> None:
    agreed("2026-03-05", 500)
    agreed("2026-10-05", 1000)
    left("2026-08-05", "2026-10-20", minor=300)
    page = look(desk)
    assert "Monthly support (MRR) €15 +€7 since 1 October" in page
    assert "At the start €8" in page
    assert "New +€10 1" in page
    assert "Left -€3 1" in page
    assert "At the end €15" in page


def test_people_who_give_regularly(desk: Client) -> None:
    agreed("2026-03-05")
    left("2026-08-05", "2026-10-20")
    page = look(desk)
    assert "People who give regularly 1 0 came, 1 left in EUR" in page
    assert "Left (churn) 50% of those who gave regularly" in page


def test_where_gifts_come_from(desk: Client) -> None:
    gave("2026-10-10", 3000, article=an_article("Bread"), utm_campaign="winter")
    gave("2026-10-11", 1000, language="ru")
    page = look(desk)
    assert "By article" in page
    assert "Bread 75% €30" in page
    assert "no article 25% €10" in page
    assert "PayPal 100% €40" in page
    assert "Russian 25% €10" in page
    assert "winter 75% €30" in page


def test_many_articles_are_summed_up(desk: Client) -> None:
    for number in range(8):
        gave("2026-10-10", 1000 + number, article=an_article(f"Nr {number}"))
    page = look(desk)
    assert "Nr 7" in page
    assert "Nr 1 " not in page
    assert "All others 25% €20.01" in page


def test_how_far_the_goal_is(desk: Client) -> None:
    Outlet.objects.update(goal_minor=40_000, goal_currency="EUR")
    assert "0% of €400" in look(desk)


def test_who_may_be_lost(desk: Client, editor: User) -> None:
    owing = agreed("2026-03-05", 700, name="Ion Țurcanu", status="past_due")
    page = look(desk)
    assert "agreement 1 a month at risk €7 owed €7" in page
    assert "Ion Țurcanu" in page
    assert f"/staff/supporters/{owing.supporter_id}/" in desk.get(OCTOBER).content.decode()


def test_who_may_not_see_people_sees_no_name(desk: Client, editor: User) -> None:
    agreed("2026-03-05", 700, name="Ion Țurcanu", status="past_due")
    User.objects.filter(pk=editor.pk).update(role="viewer")
    page = look(desk)
    assert "a month at risk €7" in page
    assert "Ion" not in page


def test_what_waits_for_a_hand(desk: Client) -> None:
    a_gift()
    assert "Needs a hand 1 Gifts to attribute" in look(desk)


def test_every_figure_has_its_formula_and_its_file(desk: Client) -> None:
    gave("2026-10-10")
    gave("2026-10-10")
    gave("2026-10-10", currency="USD")
    counted()
    page = desk.get(OCTOBER).content.decode()
    for name, formula in FORMULAS.items():
        assert f"/staff/figures/{name}.csv?currency=EUR&amp;month=2026-10" in page
        assert str(formula.words)[:40] in page


def test_it_stands_without_script_and_inline_style(desk: Client) -> None:
    gave("2026-10-10")
    agreed("2026-10-05")
    counted()
    page = desk.get(OCTOBER).content.decode()
    assert page.count('class="chart"') == 4
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)


def test_amounts_as_the_language_writes_them(desk: Client) -> None:
    gave("2026-10-10", 123_456)
    counted()
    page = text_of(desk.get(OCTOBER, headers={"accept-language": "ru"})).replace("\xa0", " ")
    assert "октябрь 2026 1 234,56 €" in page


def queries(desk: Client, address: str) -> int:
    desk.get(address)
    with CaptureQueriesContext(connection) as made:
        assert desk.get(address).status_code == 200
    return len(made)


@pytest.mark.parametrize("address", [OCTOBER, "/staff/articles/"])
def test_much_costs_no_more_queries_than_little(desk: Client, address: str) -> None:
    def live(number: int) -> None:
        gave(f"2026-10-{number + 10}", article=an_article(f"Nr {number}"), language="ro")
        agreed(f"2026-0{number + 1}-05")
        left(f"2026-0{number + 1}-07", "2026-10-01")
        agreed("2026-03-05", status="past_due")
        a_gift(payer_email=f"r{number}@example.org")

    live(1)
    counted()
    few = queries(desk, address)
    for number in range(2, 7):
        live(number)
    counted()
    assert queries(desk, address) == few <= 75


def test_every_route_of_the_strip_is_one_that_they_may_open(desk: Client, editor: User) -> None:
    a_gift()
    counted()
    User.objects.filter(pk=editor.pk).update(role="viewer")
    page: Any = desk.get(OCTOBER)
    for entry in page.context["waiting"]:
        assert entry.room.right == "look"
