"""The file behind each figure: exact, whole, and run by no spreadsheet."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client

from donations.web.staff.overview.formulas import FORMULAS
from donations.web.staff.overview.sheets import SHEETS, safe, written
from tests.web.figuring import agreed, an_article, counted, gave, left

pytestmark = pytest.mark.django_db


def rows(
    desk: Client, name: str, query: str = "currency=EUR&month=2026-10"
) -> list[dict[str, str]]:
    counted()
    answer = desk.get(f"/staff/figures/{name}.csv?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_there_is_none_of_another_name(desk: Client) -> None:
    assert desk.get("/staff/figures/secrets.csv").status_code == 404


def test_there_is_one_for_each_formula() -> None:
    assert SHEETS.keys() == FORMULAS.keys()


@pytest.mark.parametrize("name", SHEETS)
def test_none_fails_with_nothing_and_with_something(desk: Client, name: str) -> None:
    rows(desk, name)
    gave("2026-10-10", article=an_article("Bread"))
    agreed("2026-03-05")
    left("2026-08-05", "2026-10-20")
    agreed("2026-03-05", status="past_due")
    assert rows(desk, name, "currency=EUR&from=2026-01-01&to=2026-10-20") or name == "goal"


def test_days_are_whole_and_amounts_exact(desk: Client) -> None:
    gave("2026-10-10", 123_405)
    found = {row["day"]: row for row in rows(desk, "received")}
    assert found["2026-10-10"]["net"] == found["2026-10-10"]["one_off"] == "1234.05"
    assert found["2026-10-10"]["currency"] == "EUR"
    assert found["2026-10-11"]["net"] == "0.00"
    assert {"2026-09-30", "2025-10-31", "2026-10-31"} <= found.keys()


def test_movements_add_up_in_every_month(desk: Client) -> None:
    agreed("2026-03-05", 500)
    left("2026-08-05", "2026-10-20", minor=300)
    for row in rows(desk, "movements"):
        up, down = ("new", "expansion", "reactivation"), ("contraction", "churned")
        moved = sum(Decimal(row[name]) for name in up) - sum(Decimal(row[name]) for name in down)
        assert Decimal(row["start"]) + moved == Decimal(row["end"])
    assert rows(desk, "movements")[-1]["end"] == "5.00"


def test_a_source_has_all_its_rows(desk: Client) -> None:
    for number in range(9):
        gave("2026-10-10", article=an_article(f"Nr {number}"))
    assert len(rows(desk, "by-article")) == 9


def test_what_readers_typed_runs_nothing(desk: Client) -> None:
    gave("2026-10-10", utm_campaign='=HYPERLINK("https://evil.example")')
    (row,) = rows(desk, "by-campaign")
    assert row["name"].startswith("'=")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("Bread = water", "Bread = water"),
        (Decimal("-1.50"), "-1.50"),
        (None, ""),
        (0, "0"),
    ],
)
def test_cells(cell: str | int | Decimal | None, shown: str) -> None:
    assert safe(cell) == shown


def test_a_spreadsheet_knows_the_alphabet() -> None:
    assert written([["Țară"]]) == "\ufeffȚară\r\n"
