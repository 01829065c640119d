"""How long a silence of a payment provider is usual for this newsroom."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

# Of its newest notifications.
LOOKED_AT = 200
ENOUGH = 10
UNKNOWN = timedelta(days=7)
LEAST, MOST = timedelta(days=1), timedelta(days=30)
TIMES = 2


def usual_silence(times: Sequence[datetime]) -> timedelta:
    """After so long somebody should look. `times` are those of notifications, newest first.

    Twice the longest silence but one between the newest two hundred of them: but one, because a
    single outage is no habit. Never less than a day, for a newsroom sleeps, nor more than thirty;
    a week while there are fewer than ten to go by.
    """
    if len(times) < ENOUGH:
        return UNKNOWN
    gaps = sorted(later - earlier for later, earlier in pairwise(times))
    return max(LEAST, min(MOST, TIMES * gaps[-2]))
