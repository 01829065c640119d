"""Which days an address asks for, and with which it compares them."""

from datetime import date

import pytest

from donations.web.staff.overview.periods import NoPeriod, read

TODAY = date(2026, 11, 29)


def days(query: dict[str, str], today: date = TODAY) -> tuple[str, str]:
    period = read(query, today=today)
    return str(period.first), str(period.last)


def compared(query: dict[str, str], today: date = TODAY) -> list[str]:
    period = read(query, today=today)
    return [f"{each.first} {each.last}" for each in (period.before, period.year_before)]


def test_this_month_to_date() -> None:
    assert days({}) == ("2026-11-01", "2026-11-29")
    assert compared({}) == ["2026-10-01 2026-10-29", "2025-11-01 2025-11-29"]


def test_a_month_that_is_over_is_compared_whole() -> None:
    assert days({"month": "2026-02"}) == ("2026-02-01", "2026-02-28")
    assert compared({"month": "2026-02"}) == ["2026-01-01 2026-01-31", "2025-02-01 2025-02-28"]


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2026, 3, 30), ["2026-02-01 2026-02-28", "2025-03-01 2025-03-30"]),
        (date(2028, 2, 28), ["2028-01-01 2028-01-28", "2027-02-01 2027-02-28"]),
        (date(2028, 2, 29), ["2028-01-01 2028-01-31", "2027-02-01 2027-02-28"]),
        (date(2026, 1, 1), ["2025-12-01 2025-12-01", "2025-01-01 2025-01-01"]),
    ],
    ids=["a shorter month before", "before a leap day", "a leap day", "new year"],
)
def test_the_same_day_where_there_is_none(today: date, before: list[str]) -> None:
    assert compared({}, today) == before


def test_a_range_is_compared_with_as_many_days_before() -> None:
    query = {"from": "2026-11-10", "to": "2026-11-19"}
    assert days(query) == ("2026-11-10", "2026-11-19")
    assert compared(query) == ["2026-10-31 2026-11-09", "2025-11-10 2025-11-19"]
    assert days({"from": "2026-11-10"}) == ("2026-11-10", "2026-11-29")


def test_the_future_is_cut_off() -> None:
    assert days({"from": "2026-11-10", "to": "2027-11-19"}) == ("2026-11-10", "2026-11-29")


@pytest.mark.parametrize(
    "query",
    [
        {"month": "2026-13"},
        {"month": "2026-12"},
        {"month": "1999-12"},
        {"month": "November"},
        {"month": "２０２６-11"},
        {"month": "2026-11-01"},
        {"from": "2026-11-10", "to": "2026-11-09"},
        {"from": "2026-12-10", "to": "2026-12-19"},
        {"from": "2026-02-30"},
        {"to": "2026-11-10"},
        {"from": "2010-01-01", "to": "2026-11-10"},
        {"from": "0001-01-01"},
    ],
    ids=lambda each: " ".join(each.values()),
)
def test_what_is_no_period(query: dict[str, str]) -> None:
    with pytest.raises(NoPeriod):
        read(query, today=TODAY)


def test_it_stands_in_the_address_as_it_was_asked() -> None:
    for query in ("month=2026-02", "from=2026-11-10&to=2026-11-19"):
        asked = dict(pair.split("=") for pair in query.split("&"))
        assert read(asked, today=TODAY).query == query


def test_a_year_of_months_is_shown() -> None:
    assert [str(each) for each in read({}, today=TODAY).months] == ["2025-12-01", "2026-11-29"]
    longer = read({"from": "2024-05-03"}, today=TODAY)
    assert str(longer.months[0]) == "2024-05-01"
