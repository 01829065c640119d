"""Everything that the overview shows, read from the totals in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from donations.insights import queries
from donations.insights.queries import (
    AtRisk,
    Cohort,
    Forecast,
    Goal,
    Movements,
    Received,
    Repeats,
    Share,
)
from donations.insights.queries.takings import Divided
from donations.insights.queries.trends import Trends, trends
from donations.money import Money
from donations.web.staff.overview.periods import Period
from donations.web.staff.overview.several import Several, several

ByTime = list[tuple[date, Received]]
# By what gifts are split, in the order of the page; how many of each are named there.
DIMENSIONS: tuple[Divided, ...] = ("gateway", "language", "article", "campaign")
NAMED = 6
COHORTS, FORECAST_MONTHS = 12, 3


@dataclass(frozen=True, kw_only=True)
class Readings:
    """Of one currency and one period; what counts people counts them in any currency."""

    currency: str
    period: Period
    # In every currency; `now` and `moves` are those of this one.
    several: Several
    now: Received
    before: Received
    year_before: Received
    days: tuple[ByTime, ByTime, ByTime]
    months: ByTime
    moves: Movements
    moves_by_month: list[tuple[date, Movements]]
    active: int
    average: Money | None
    churn: Fraction | None
    lifetime: Money | None
    repeat: Repeats
    trends: Trends
    shares: dict[str, list[Share]]
    cohorts: list[Cohort]
    at_risk: AtRisk
    goal: Goal | None
    forecast: list[Forecast]
    fresh_at: datetime | None


def read(*, currency: str, period: Period, today: date) -> Readings:
    """One look. What is about now (risk, goal, forecast) is so whatever the period."""
    first, last = period.first, period.last
    each = several(period)
    before, year_before = (
        queries.received(currency=currency, first=compared.first, last=compared.last)
        for compared in (period.before, period.year_before)
    )
    return Readings(
        currency=currency,
        period=period,
        several=each,
        now=each.received.get(currency, Received(currency=currency)),
        before=before,
        year_before=year_before,
        days=pace(currency, period),
        months=by_month(currency, period),
        moves=each.moves.get(currency, Movements(currency=currency, start=0)),
        moves_by_month=moves_by_month(currency, period),
        active=queries.active_supporters(on=last),
        average=queries.average_gift(currency=currency, first=first, last=last),
        churn=queries.churn_rate(first=first, last=last),
        lifetime=queries.lifetime_value(currency=currency, on=last),
        repeat=queries.repeat_rate(currency=currency, first=first, last=last),
        trends=trends(currency=currency, first=period.months[0], last=last),
        shares={each: by(each, currency, period) for each in DIMENSIONS},
        cohorts=queries.cohorts(months=COHORTS, on=last),
        at_risk=queries.at_risk(currency=currency),
        goal=queries.goal_progress(on=today),
        forecast=queries.forecast(currency=currency, months=FORECAST_MONTHS, on=today),
        fresh_at=queries.freshness(),
    )


def pace(currency: str, period: Period) -> tuple[ByTime, ByTime, ByTime]:
    """A month day by day, the one before and the one a year before in full; of a range nothing."""
    if not period.is_month:
        return [], [], []
    first, second, third = (
        queries.received_by_day(currency=currency, first=each.first, last=last)
        for each, last in (
            (period, period.last),
            (period.before, period.before.end),
            (period.year_before, period.year_before.end),
        )
    )
    return first, second, third


def by_month(currency: str, period: Period) -> ByTime:
    """The year up to the period's last month, or as long as the period is."""
    first, last = period.months
    return queries.received_by_month(currency=currency, first=first, last=last)


def moves_by_month(currency: str, period: Period) -> list[tuple[date, Movements]]:
    """How monthly support moved in the same months."""
    first, last = period.months
    return queries.movements_by_month(currency=currency, first=first, last=last)


def by(dimension: Divided, currency: str, period: Period) -> list[Share]:
    """The largest, by what came in."""
    return queries.received_by(
        dimension=dimension, currency=currency, first=period.first, last=period.last, limit=NAMED
    )
