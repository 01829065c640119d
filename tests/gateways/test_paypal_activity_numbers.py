"""How a file writes numbers and dates is decided from the whole of it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donations.gateways.paypal.activity import ActivityFileRefused
from donations.gateways.paypal.activity.dates import Unreadable, time_of, zone_of
from donations.gateways.paypal.activity.numbers import minor
from donations.money import Money
from tests.gateways.activity import looked, made, payment, reasons, taken, understood


@pytest.mark.parametrize(
    ("text", "mark", "currency", "expected"),
    [
        ("1,234.56", ".", "EUR", 123456),
        ("1.234,56", ",", "EUR", 123456),
        ("1\u202f234,56", ",", "EUR", 123456),
        ("-1 234.5", ".", "EUR", -123450),
        ("\u22125", ".", "EUR", -500),
        ("+10", ",", "EUR", 1000),
        ("1,500", ".", "JPY", 1500),
        ("1500.00", ".", "JPY", 1500),
        ("5000", ",", "HUF", 500000),
        ("1,500", ",", "JPY", None),
        ("1,234", ",", "EUR", None),
        ("12,34.56", ".", "EUR", None),
        ("50.5", ".", "HUF", None),
        ("1e3", ".", "EUR", None),
        ("1234567890123", ".", "EUR", None),
        ("٣", ".", "EUR", None),
    ],
)
def test_amounts(text: str, mark: str, currency: str, expected: int | None) -> None:
    assert minor(text, mark, currency) == expected


def test_the_format_is_the_files_and_not_the_languages() -> None:
    rows = [payment(1), payment(2, Gross="1.010,00", Fee="-10,00", Net="1.000,00")]
    found = looked(made(rows[1:]))
    assert found.decimal == ","
    assert looked(made(rows)).numbers_are_ambiguous
    assert looked(made(rows), decimal=",").decimal == ","


def test_rows_that_fail_the_proof_are_puzzling() -> None:
    rows = [payment(1), payment(2), payment(3, Net="9.32"), payment(4, Gross="1.0,0")]
    outcomes = understood(made(rows))
    assert len(taken(outcomes)) == 2
    assert [each.split(":")[0] for each in reasons(outcomes)] == ["amount", "proof"]


def test_a_file_that_proves_nothing_is_refused() -> None:
    rows = [payment(1, Net="9.32"), payment(2, Gross="ten")]
    with pytest.raises(ActivityFileRefused, match="gross and fee") as refused:
        looked(made(rows))
    assert refused.value.code == "numbers"


def test_a_fee_that_is_not_told_follows_from_net_or_is_unknown() -> None:
    [row] = taken(understood(made([payment()], without="Fee")))
    assert row.told.fee == Money(69, "EUR")
    [row] = taken(understood(made([payment()], without="Net")))
    assert row.told.fee == Money(69, "EUR")
    [row] = taken(understood(made([payment(Fee="...", Net="...")])))
    assert row.told.fee is None


def test_whole_units() -> None:
    rows = [
        payment(1, Currency="JPY", Gross="1,500", Fee="-94", Net="1,406"),
        payment(2, Currency="HUF", Gross="5,000", Fee="-200", Net="4,800"),
    ]
    assert [row.told.gross for row in taken(understood(made(rows)))] == [
        Money(1500, "JPY"),
        Money(500000, "HUF"),
    ]


@pytest.mark.parametrize(
    ("dates", "day_first"),
    [
        (("11/20/2026", "11/02/2026"), False),
        (("11/02/2026", "20/11/2026"), True),
        (("02.11.2026",), True),
        (("2-11-2026", "13-11-2026"), True),
        (("2026-11-02",), None),
        (("05/05/2026",), None),
    ],
)
def test_the_order_of_dates(dates: tuple[str, ...], day_first: bool | None) -> None:
    found = looked(made(payment(number, Date=text) for number, text in enumerate(dates)))
    assert (found.day_first, found.dates_are_ambiguous) == (day_first, False)


def test_an_order_that_could_be_either_is_asked() -> None:
    body = made([payment(Date="02/03/2026")])
    assert looked(body).dates_are_ambiguous
    [row] = taken(understood(body, day_first=True))
    assert row.told.at.month == 3
    [row] = taken(understood(body, day_first=False))
    assert row.told.at.month == 2


def test_orders_that_contradict_each_other_or_the_answer() -> None:
    rows = [payment(1, Date="20/11/2026"), payment(2, Date="11/20/2026")]
    with pytest.raises(ActivityFileRefused, match="lines 2, 3"):
        looked(made(rows))
    with pytest.raises(ActivityFileRefused, match="contradict"):
        looked(made(rows[:1]), day_first=False)


def test_dates_that_nobody_can_read() -> None:
    with pytest.raises(ActivityFileRefused) as refused:
        looked(made([payment(Date="Nov 20, 2026")]))
    assert refused.value.code == "dates"
    rows = [payment(1), payment(2, Date="31/02/2026"), payment(3, Date="01/02/1926")]
    assert reasons(understood(made([*rows, payment(4, Time="25:00:00")]))) == [
        "date: 01/02/1926 12:00:00",
        "date: 20/11/2026 25:00:00",
        "date: 31/02/2026 12:00:00",
    ]


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("PST", 20), ("PDT", 19), ("CET", 11), ("cest", 10), ("EET", 10), ("EEST", 9),
        ("GMT", 12), ("BST", 11), ("MSK", 9), ("EST", 17), ("EDT", 16), ("CST", 18),
        ("MDT", 18), ("Europe/Berlin", 11), ("America/Los_Angeles", 20), ("GMT+02:00", 10),
        ("UTC-5", 17), ("", 12),
    ],
)  # fmt: skip
def test_time_zones(zone: str, hour: int) -> None:
    [row] = taken(understood(made([payment(TimeZone=zone)])))
    assert row.told.at == datetime(2026, 11, 20, hour, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["XYZ", "../../etc/passwd", "Europe", "/etc/localtime", "+99:00"])
def test_a_zone_that_nobody_knows_is_puzzling(zone: str) -> None:
    assert reasons(understood(made([payment(TimeZone=zone)]))) == [f"zone: {zone}"]
    with pytest.raises(Unreadable):
        zone_of(zone)


def test_times() -> None:
    assert time_of("3:05 PM").hour == 15
    assert time_of("12:05:09 a.m.").hour == 0
    assert time_of("03.15.22").second == 22


@settings(max_examples=40, deadline=None)
@given(
    amounts=st.lists(
        st.tuples(st.integers(1, 9_999_999), st.integers(0, 999)), min_size=1, max_size=4
    ),
    days=st.lists(st.dates(date(2000, 1, 1), date(2099, 12, 31)), min_size=4, max_size=4),
    point=st.sampled_from([".", ","]),
    group=st.sampled_from(["", " ", "\u00a0", "\u202f", "the other"]),
    order=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"]),
)
def test_whatever_the_format_the_file_says_the_same(
    amounts: list[tuple[int, int]], days: list[date], point: str, group: str, order: str
) -> None:
    """Decided or asked, never decided wrongly."""
    grouping = {".": ",", ",": "."}[point] if group == "the other" else group

    def written(value: int) -> str:
        text = f"{value / 100:,.2f}"
        return text.replace(",", "_").replace(".", point).replace("_", grouping)

    rows = [
        payment(
            number, Date=day.strftime(order), TimeZone="UTC",
            Gross=written(gross), Fee=written(-fee), Net=written(gross - fee),
        )
        for number, ((gross, fee), day) in enumerate(zip(amounts, days, strict=False))
    ]  # fmt: skip
    found = looked(made(rows))
    assert not found.numbers_are_ambiguous
    told = {"day_first": order.startswith("%d")} if found.dates_are_ambiguous else {}
    outcomes = taken(understood(made(rows), **told))
    assert [row.told.gross.minor for row in outcomes] == [gross for gross, _fee in amounts]
    assert [row.told.at.date() for row in outcomes] == days[: len(amounts)]
