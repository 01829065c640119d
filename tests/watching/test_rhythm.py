"""How long a silence is usual."""

from datetime import UTC, datetime, timedelta

import pytest

from donations.watching.rhythm import usual_silence

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def times(*gaps: timedelta) -> list[datetime]:
    """Notifications with these silences between them, the newest first."""
    found = [NOW]
    for gap in gaps:
        found.append(found[-1] - gap)
    return found


@pytest.mark.parametrize(
    ("gaps", "usual"),
    [
        ([], 7 * DAY),
        ([3 * DAY] * 5, 7 * DAY),
        ([timedelta(minutes=1)] * 50, DAY),
        ([timedelta(hours=20)] * 20, timedelta(hours=40)),
        ([3 * DAY] * 12, 6 * DAY),
        ([40 * DAY] * 12, 30 * DAY),
        # One outage is no habit; two of them are.
        ([timedelta(hours=20)] * 20 + [9 * DAY], timedelta(hours=40)),
        ([timedelta(hours=20)] * 20 + [9 * DAY, 5 * DAY], 10 * DAY),
        # A gift is told in a burst.
        ([timedelta(seconds=1)] * 30 + [4 * DAY, 4 * DAY, 4 * DAY], 8 * DAY),
    ],
)
def test_a_newsroom_s_own_rhythm(gaps: list[timedelta], usual: timedelta) -> None:
    assert usual_silence(times(*gaps)) == usual
