"""How fast a stream of mail may leave, whoever asks and however often."""

from datetime import UTC, datetime, timedelta

import pytest

from donations.outbox import limits

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("every", [0.4, 3.75, 8.0])
@pytest.mark.parametrize("per_minute", [1, 7, 90, 119])
def test_it_works(per_minute: int, every: float) -> None:
    """Asked every so many seconds, for ten minutes."""
    limits.set_rate(name="news", per_minute=per_minute, at=AT)
    moments = (AT + timedelta(seconds=every * n) for n in range(int(600 / every) + 1))
    granted = sum(limits.take(name="news", wanted=50, at=each) for each in moments)
    assert 10 * per_minute - 2 <= granted <= 10 * per_minute


def test_a_pause_piles_up_ten_seconds() -> None:
    limits.set_rate(name="news", per_minute=60, at=AT)
    assert limits.take(name="news", wanted=50, at=AT + timedelta(hours=1)) == 10


def test_what_was_not_used_is_there_again() -> None:
    limits.set_rate(name="news", per_minute=60, at=AT)
    at = AT + timedelta(seconds=10)
    assert limits.take(name="news", wanted=8, at=at) == 8
    limits.give_back(name="news", unused=5)
    assert limits.take(name="news", wanted=50, at=at) == 7


def test_giving_back_piles_up_no_more_than_a_pause() -> None:
    limits.set_rate(name="news", per_minute=60, at=AT)
    limits.give_back(name="news", unused=500)
    assert limits.take(name="news", wanted=500, at=AT) == 10


def test_without_a_limit_there_is_nothing_to_give_back() -> None:
    limits.give_back(name="news", unused=5)
    limits.set_rate(name="news", per_minute=None, at=AT)
    limits.give_back(name="news", unused=5)
    assert limits.take(name="news", wanted=500, at=AT) == 500


def test_a_clock_that_goes_back_earns_nothing() -> None:
    limits.set_rate(name="news", per_minute=60, at=AT)
    assert limits.take(name="news", wanted=5, at=AT - timedelta(hours=1)) == 0
