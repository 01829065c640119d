"""Month by month as at each moment: the small lines say what the figures beside them say."""

from datetime import date

import pytest

from donations.insights import queries
from donations.insights.queries.spans import end_of, months
from donations.insights.queries.trends import trends
from tests.web.figuring import agreed, counted, gave, left

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 11, 1), date(2026, 10, 31)


def test_each_month_is_what_is_told_of_it() -> None:
    agreed("2025-03-05", 500)
    agreed("2026-02-05", 900)
    left("2025-06-05", "2026-04-20")
    left("2026-06-05", "2026-08-20")
    for day in ("2026-03-01", "2026-03-09", "2026-07-01"):
        gave(day)
    counted()

    found = trends(currency="EUR", first=FIRST, last=LAST)

    ends = [end_of(month) for month in months(FIRST, LAST)]
    assert found.active == [queries.active_supporters(on=end) for end in ends]
    assert found.churn == [queries.churn_rate(first=end.replace(day=1), last=end) for end in ends]
    values = [queries.lifetime_value(currency="EUR", on=end) for end in ends]
    assert found.lifetime == [value.minor if value else None for value in values]
    again = [queries.repeat_rate(currency="EUR", first=end, last=end).rate for end in ends]
    assert found.repeat == again


def test_with_nobody() -> None:
    counted()
    found = trends(currency="EUR", first=FIRST, last=LAST)
    assert found.active == [0] * 12
    assert found.churn == found.lifetime == found.repeat == [None] * 12
