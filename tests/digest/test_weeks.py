"""A mail on Monday morning, by the newsroom's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from donations.digest.weeks import Week, due_week

WEEK = Week(date(2026, 11, 23))


@pytest.fixture(autouse=True)
def _chisinau(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Chisinau"


@pytest.mark.parametrize(
    ("at", "week"),
    [
        (datetime(2026, 11, 30, 4, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 30, 5, 0, tzinfo=UTC), WEEK),
        (datetime(2026, 12, 2, 4, 59, tzinfo=UTC), WEEK),
        (datetime(2026, 12, 2, 5, 0, tzinfo=UTC), None),
        (datetime(2026, 12, 6, 12, 0, tzinfo=UTC), None),
    ],
    ids=["before seven", "at seven", "workers were down", "too late", "on Sunday"],
)
def test_when_it_is_due(at: datetime, week: Week | None) -> None:
    assert due_week(at) == week


def test_seven_stays_seven_when_the_clocks_change() -> None:
    assert Week(date(2026, 3, 23)).due_at == datetime(2026, 3, 30, 4, 0, tzinfo=UTC)


def test_a_week_is_named_as_iso_counts() -> None:
    assert Week(date(2026, 12, 28)).name == "2026-W53"
    assert (Week(date(2026, 12, 28)).sunday - timedelta(days=6)).isoformat() == "2026-12-28"
