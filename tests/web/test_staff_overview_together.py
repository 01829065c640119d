"""All currencies together: never a sum without its rates, and never one with a rate too few."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.outlet.models import Outlet
from donations.rates import operations
from donations.supporters.models import User
from tests.insights.rows import subscription
from tests.rates.rating import AT, a_rate
from tests.web.desk import text_of
from tests.web.figuring import agreed, counted, gave, noon, went_back

pytestmark = pytest.mark.django_db
OCTOBER = "/staff/?currency=EUR&month=2026-10"
END = date(2026, 10, 31)
DAY = timedelta(days=1)


def look(desk: Client, address: str = OCTOBER, language: str = "en") -> str:
    counted()
    return text_of(desk.get(address, headers={"accept-language": language})).replace("\xa0", " ")


def two_currencies() -> None:
    gave("2026-10-10", 100_000)
    gave("2026-10-11", 27_209, "USD")


def together(page: str) -> str:
    """The part of the page that is about this."""
    return page.split("All currencies together", 1)[1].split("How it is counted", 1)[0]


def test_of_one_currency_there_is_nothing_to_add_up(desk: Client) -> None:
    gave("2026-10-10", 100_000)
    gave("2026-09-10", 27_209, "USD")
    a_rate("USD 0.86 EUR", END)
    page = look(desk)
    assert "All currencies together" not in page
    assert "≈" not in page


def test_a_total_stands_beside_its_rate_with_day_and_source(desk: Client) -> None:
    two_currencies()
    a_rate("USD 0.86 EUR", date(2026, 10, 27))
    page = together(look(desk))
    # 272.09 times 0.86 is 233.9974.
    assert "Received ≈ EUR 1,234.00 in all" in page
    assert "1 USD = 0.86 EUR, 27 October 2026, ECB" in page
    assert "There is no total" not in page
    assert "MRR" not in page


def test_it_is_the_same_whichever_currency_is_looked_at(desk: Client) -> None:
    two_currencies()
    a_rate("USD 0.86 EUR", END)
    page = look(desk, "/staff/?currency=USD&month=2026-10")
    assert "Received · October 2026 $272.09" in page
    assert "≈ EUR 1,234.00 in all" in page


def test_it_is_in_the_currency_that_the_newsroom_asks_in_first(desk: Client) -> None:
    Outlet.objects.update(card_currencies=["MDL", "EUR"])
    two_currencies()
    a_rate("EUR 20 MDL", END)
    a_rate("USD 17 MDL", END)
    assert "≈ MDL 24,625.53 in all" in look(desk)


def test_one_entered_the_other_way_round_is_printed_as_it_was_entered(desk: Client) -> None:
    gave("2026-10-10", 1000)
    gave("2026-10-11", 20_000, "MDL")
    a_rate("EUR 19.5 MDL", END, source="BNM")
    page = together(look(desk))
    assert "≈ EUR 20.26 in all" in page
    assert "1 EUR = 19.5 MDL, 31 October 2026, BNM" in page
    assert "1 MDL" not in page


def test_refunds_are_taken_off(desk: Client) -> None:
    gave("2026-10-10", 1000)
    gave("2026-10-11", 20_000, "USD")
    went_back("2026-10-12", 5_000)
    a_rate("USD 0.5 EUR", END)
    assert "≈ EUR 85.00 in all" in look(desk)


def test_monthly_support_too(desk: Client) -> None:
    agreed("2026-03-05", 1500)
    since = noon("2026-04-05")
    told = ((since, "active", 1000),)
    subscription(told=told, currency="USD", created_at=since, gateway_ref="sub_in_dollars")
    a_rate("USD 0.86 EUR", END)
    page = together(look(desk))
    assert "Monthly support (MRR) ≈ EUR 23.60 in all" in page


def test_a_rate_that_is_missing_is_named_and_no_total_shown(desk: Client) -> None:
    two_currencies()
    gave("2026-10-12", 700, "MDL")
    a_rate("USD 0.86 EUR", END)
    page = look(desk)
    assert "≈" not in page
    assert (
        "There is no total in EUR, since a rate is missing or older than 31 days on "
        "31 October 2026: MDL (none). Enter a rate of MDL"
    ) in page
    shown = desk.get(OCTOBER).content.decode()
    assert '"/staff/rates/?currency=MDL&amp;worth_in=EUR&amp;on=2026-10-31#enter"' in shown


def test_one_that_is_old_is_named_with_its_day(desk: Client) -> None:
    two_currencies()
    a_rate("USD 0.86 EUR", END - 32 * DAY)
    page = look(desk)
    assert "≈" not in page
    assert "USD (the last one of 29 September 2026)." in page
    a_rate("USD 0.86 EUR", END - 31 * DAY)
    assert "≈ EUR 1,234.00 in all" in look(desk)


def test_one_that_came_later_says_nothing_of_these_days(desk: Client) -> None:
    two_currencies()
    a_rate("USD 0.86 EUR", END + DAY)
    assert "USD (none)" in look(desk)
    assert "≈ EUR 1,234.00 in all" in look(desk, "/staff/?from=2026-10-01&to=2026-11-01")


def test_withdrawn_it_counts_no_more(desk: Client) -> None:
    two_currencies()
    rate = a_rate("USD 0.86 EUR", END)
    assert "≈ EUR 1,234.00 in all" in look(desk)
    operations.withdraw(rate=rate, at=AT)
    page = look(desk)
    assert "≈" not in page
    assert "USD (none)" in page


def test_several_are_named_in_one_sentence(desk: Client) -> None:
    two_currencies()
    gave("2026-10-12", 700, "MDL")
    a_rate("USD 0.86 EUR", END - 40 * DAY)
    page = look(desk)
    assert "since rates are missing or older than 31 days on 31 October 2026: MDL (none), USD" in (
        page
    )
    assert page.count("There is no total") == 1


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_who_handles_no_money_is_not_led_there(desk: Client, editor: User, role: str) -> None:
    two_currencies()
    User.objects.filter(pk=editor.pk).update(role=role)
    assert "USD (none)" in look(desk)
    assert "/staff/rates/" not in desk.get(OCTOBER).content.decode()


@pytest.mark.parametrize(
    ("language", "total", "rate"),
    [
        ("en", "≈ EUR 1,234.00 in all", "1 USD = 0.86 EUR, 31 October 2026, ECB"),
        ("ro", "≈ 1.234,00 EUR în total", "1 USD = 0,86 EUR, 31 octombrie 2026, ECB"),
        ("ru", "≈ 1 234,00 EUR всего", "1 USD = 0,86 EUR, 31 октября 2026 г., ECB"),
    ],
)
def test_in_each_language(desk: Client, language: str, total: str, rate: str) -> None:
    two_currencies()
    a_rate("USD 0.86 EUR", END)
    page = look(desk, language=language)
    assert total in page
    assert rate in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is no total in EUR, since a rate is missing"),
        ("ro", "Nu există un total în EUR, fiindcă la 31 octombrie 2026"),
        ("ru", "Общей суммы в EUR нет"),
    ],
)
def test_what_is_missing_in_each_language(desk: Client, language: str, words: str) -> None:
    two_currencies()
    assert words in look(desk, language=language)


def sheet(desk: Client) -> list[dict[str, str]]:
    counted()
    answer = desk.get("/staff/figures/in-all.csv?currency=EUR&month=2026-10")
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_has_each_amount_with_its_rate(desk: Client) -> None:
    two_currencies()
    a_rate("USD 0.86 EUR", date(2026, 10, 27), source="=ECB")
    euro, dollar = sheet(desk)
    assert (euro["amount"], euro["currency"], euro["rate"]) == ("1000.00", "EUR", "")
    assert dollar == {
        "figure": "received", "last_day": "2026-10-31", "amount": "272.09", "currency": "USD",
        "rate": "0.86", "one": "USD", "is_worth_so_many": "EUR", "rate_day": "2026-10-27",
        "rate_source": "'=ECB", "converted": "234.00", "converted_to": "EUR",
    }  # fmt: skip
    assert Decimal(euro["converted"]) + Decimal(dollar["converted"]) == Decimal("1234.00")


def test_in_the_file_nothing_is_converted_without_a_rate(desk: Client) -> None:
    two_currencies()
    euro, dollar = sheet(desk)
    assert (dollar["amount"], dollar["rate"], dollar["converted"]) == ("272.09", "", "")
    assert euro["converted"] == "1000.00"


def test_it_costs_one_query_and_no_more_with_many(desk: Client) -> None:
    def asked() -> int:
        counted()
        desk.get(OCTOBER)
        with CaptureQueriesContext(connection) as made:
            assert desk.get(OCTOBER).status_code == 200
        return len(made)

    gave("2026-10-10")
    agreed("2026-03-05")
    alone = asked()
    gave("2026-10-10", 500, "USD")
    assert asked() == alone + 1
    for code in ("MDL", "RON", "GBP"):
        gave("2026-10-10", 500, code)
        for back in range(5):
            a_rate(f"{code} 0.5 EUR", END - back * DAY)
    assert asked() == alone + 1
