"""What an agreement is worth a month, and what a day did to a person."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from donations.insights.counting.deriving import Agreement, Told, levels, monthly, movements

ZONE = ZoneInfo("Europe/Chisinau")
AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def told(days: float = 0, status: str = "active", minor: int | None = 1000, **more: Any) -> Told:
    fields = {"currency": "EUR", "interval": "month"} if minor is not None else {}
    return Told(AT + days * DAY, status, minor, **(fields | more))


def agreed(*readings: Told, **changes: Any) -> Agreement:
    fields: dict[str, Any] = {
        "created_at": AT, "ended_at": None, "end_reason": "", "interval": "month", "told": readings,
    }  # fmt: skip
    return Agreement(**(fields | changes))


def moved(*agreements: Agreement) -> list[tuple[int, str, str, int]]:
    """The day counted from the first, the currency, the kind and the change; people apart."""
    return [
        ((each.on - AT.date()).days, each.currency, str(each.kind), each.delta)
        for each in movements(agreements, ZONE)
        if each.currency
    ]


def people(*agreements: Agreement) -> list[tuple[int, str]]:
    """The same of the person."""
    return [
        ((each.on - AT.date()).days, str(each.kind))
        for each in movements(agreements, ZONE)
        if not each.currency
    ]


@pytest.mark.parametrize(
    ("minor", "interval", "worth"),
    [(500, "month", 500), (1200, "year", 100), (6, "year", 1), (5, "year", 0), (500, "other", 0)],
)
def test_a_year_counts_by_a_twelfth_rounded_half_up(minor: int, interval: str, worth: int) -> None:
    assert monthly(minor, interval) == worth


@pytest.mark.parametrize(
    ("status", "worth"),
    [("active", 1000), ("past_due", 1000), ("paused", 0), ("incomplete", 0), ("canceled", 0)],
)
def test_what_counts(status: str, worth: int) -> None:
    assert levels(agreed(told(), told(1, status)))[-1][2] == worth


def test_it_counts_from_when_it_was_made_though_it_was_told_later() -> None:
    assert moved(agreed(told(200))) == [(0, "EUR", "new", 1000)]


def test_one_that_began_incomplete_counts_from_its_first_payment() -> None:
    assert moved(agreed(told(0, "incomplete"), told(2))) == [(2, "EUR", "new", 1000)]


def test_one_that_never_was_paid_never_counted() -> None:
    assert moved(agreed(told(0, "canceled"), ended_at=AT + DAY, end_reason="never_started")) == []


def test_it_ends_when_it_ended_though_it_was_told_later() -> None:
    ended = agreed(told(), told(40, "canceled"), ended_at=AT + 30 * DAY)
    assert moved(ended) == [(0, "EUR", "new", 1000), (30, "EUR", "churned", -1000)]


def test_what_is_told_after_the_end_changes_nothing() -> None:
    ended = agreed(told(), told(50, "active", 9000), ended_at=AT + 30 * DAY)
    assert moved(ended) == [(0, "EUR", "new", 1000), (30, "EUR", "churned", -1000)]


def test_the_order_of_telling_is_no_matter() -> None:
    readings = [told(), told(10, minor=2000), told(20, minor=1500), told(30, "paused")]
    assert moved(agreed(*readings)) == moved(agreed(*reversed(readings)))


def test_more_less_paused_and_back() -> None:
    one = agreed(told(), told(10, minor=2000), told(20, minor=500), told(30, "paused"), told(40))
    assert moved(one) == [
        (0, "EUR", "new", 1000),
        (10, "EUR", "expansion", 1000),
        (20, "EUR", "contraction", -1500),
        (30, "EUR", "churned", -500),
        (40, "EUR", "reactivation", 1000),
    ]
    assert people(one) == [(0, "new"), (30, "churned"), (40, "reactivation")]


def test_a_second_agreement_is_expansion_and_its_end_contraction() -> None:
    second = agreed(told(5, minor=700), created_at=AT + 5 * DAY, ended_at=AT + 9 * DAY)
    assert moved(agreed(told()), second) == [
        (0, "EUR", "new", 1000),
        (5, "EUR", "expansion", 700),
        (9, "EUR", "contraction", -700),
    ]


def test_another_currency_is_new_there_and_the_person_goes_on() -> None:
    first = agreed(told(), ended_at=AT + 5 * DAY)
    lei = agreed(told(5, currency="MDL"), created_at=AT + 5 * DAY)
    assert moved(first, lei) == [
        (0, "EUR", "new", 1000),
        (5, "EUR", "churned", -1000),
        (5, "MDL", "new", 1000),
    ]
    assert people(first, lei) == [(0, "new")]


def test_a_change_of_currency_leaves_nothing_behind() -> None:
    assert moved(agreed(told(), told(3, currency="MDL"))) == [
        (0, "EUR", "new", 1000),
        (3, "EUR", "churned", -1000),
        (3, "MDL", "new", 1000),
    ]


def test_what_begins_and_ends_on_a_day_moves_nothing() -> None:
    assert moved(agreed(told(), ended_at=AT + DAY / 24)) == []


def test_the_day_is_that_of_the_newsroom() -> None:
    late = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    [began, _person] = movements(
        [agreed(Told(late, "active", 1, "EUR", "month"), created_at=late)], ZONE
    )
    assert began.on == date(2026, 3, 11)


def test_what_was_paid_stands_until_the_terms_are_told() -> None:
    paid = told(0, minor=300, is_guess=True, interval="other")
    assert moved(agreed(paid)) == [(0, "EUR", "new", 300)], "in the rhythm of the form"
    assert moved(agreed(paid, interval="other")) == [], "nobody knows how often"
    assert moved(agreed(paid, told(8, minor=500))) == [(0, "EUR", "new", 500)]


def test_a_part_that_tells_no_terms_leaves_them() -> None:
    part = told(4, "past_due", None)
    assert moved(agreed(told(), part)) == [(0, "EUR", "new", 1000)]


def test_nothing_told_is_nothing_worth() -> None:
    assert moved(agreed(told(0, "active", None))) == []
