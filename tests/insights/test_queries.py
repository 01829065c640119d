"""The figures, on examples that can be added up by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from donations.articles.models import Article
from donations.giving.models import Dispute, Pledge
from donations.insights import queries
from donations.insights.operations import rebuild
from donations.insights.queries import Received
from donations.insights.queries.spans import split
from donations.money import Money
from donations.outlet.models import Outlet
from donations.supporters.models import Supporter
from tests.insights.rows import AT, DAY, donation, subscription, supporter

pytestmark = pytest.mark.django_db
YEAR: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def on(month: int, day: int = 10) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def count() -> None:
    rebuild(at=timezone.now())


def regular(
    name: str, began: datetime, ended: datetime | None = None, minor: int = 1000
) -> Supporter:
    """Somebody with one agreement."""
    person = supporter(name)
    subscription(
        supporter=person, created_at=began, ended_at=ended, told=((began, "active", minor),),
        status="canceled" if ended else "active",
    )  # fmt: skip
    return person


@pytest.mark.parametrize(
    ("first", "last", "months", "days"),
    [
        ((1, 1), (12, 31), ((1, 1), (12, 1)), []),
        ((3, 1), (3, 31), ((3, 1), (3, 1)), []),
        ((3, 2), (3, 31), None, [((3, 2), (3, 31))]),
        ((3, 5), (6, 7), ((4, 1), (5, 1)), [((3, 5), (3, 31)), ((6, 1), (6, 7))]),
        ((3, 5), (4, 7), None, [((3, 5), (4, 7))]),
        ((3, 5), (3, 5), None, [((3, 5), (3, 5))]),
    ],
)
def test_a_period_is_whole_months_and_days(
    first: tuple[int, int],
    last: tuple[int, int],
    months: tuple[tuple[int, int], tuple[int, int]] | None,
    days: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    found = split(date(2026, *first), date(2026, *last))
    named = found.months and tuple((each.month, each.day) for each in found.months)
    assert named == months
    shown = [tuple((each.month, each.day) for each in window) for window in found.days]
    assert shown == days


def test_what_was_received() -> None:
    agreed = subscription()
    donation(amount_minor=700)
    donation(amount_minor=500, subscription=agreed, is_first=True)
    donation(
        amount_minor=500, subscription=agreed, received_at=on(5), fee_minor=45, fee_currency="EUR"
    )
    lost = donation(amount_minor=300)
    for state, minor in (("lost", 300), ("won", 50)):
        Dispute.objects.create(
            gateway="stripe", gateway_ref=state, donation=lost, amount_minor=minor, currency="EUR",
            status=state, opened_at=on(6), observed_at=on(7),
        )  # fmt: skip
    count()
    found = queries.received(currency="EUR", **YEAR)
    assert (found.once, found.first, found.renewals, found.gifts) == (2, 1, 1, 4)
    assert (found.gross, found.returned) == (Money(2000, "EUR"), Money(300, "EUR"))
    assert (found.net, found.fees) == (Money(1700, "EUR"), Money(45, "EUR"))
    assert queries.average_gift(currency="EUR", **YEAR) == Money(500, "EUR")
    assert queries.average_gift(currency="USD", **YEAR) is None


def test_currencies_stand_apart_and_the_most_used_is_first() -> None:
    donation(currency="MDL", fee_minor=30, fee_currency="EUR")
    donation(currency="MDL")
    donation(currency="USD")
    count()
    assert queries.currencies() == ["MDL", "USD", "EUR"]
    assert queries.received(currency="MDL", **YEAR).fees_minor == 0
    assert queries.received(currency="EUR", **YEAR).fees_minor == 30
    assert queries.received_by(dimension="article", currency="EUR", **YEAR) == []


def test_all_currencies_at_once_are_what_each_is_alone() -> None:
    for currency in ("MDL", "USD", "USD", "EUR"):
        donation(currency=currency, amount_minor=700, received_at=on(3))
        told = ((on(3), "active", 900), (on(9), "active", 400))
        subscription(currency=currency, told=told)
    count()
    for days in (YEAR, {"first": on(4).date(), "last": on(9).date()}):
        received, moves = queries.received_in_each(**days), queries.movements_in_each(**days)
        for currency in ("EUR", "MDL", "USD"):
            alone = queries.received(currency=currency, **days)
            assert received.get(currency, Received(currency=currency)) == alone
            assert moves[currency] == queries.movements(currency=currency, **days)
        assert moves.keys() == {"EUR", "MDL", "USD"}
    assert moves["USD"].end == 800
    assert moves["USD"].contraction == 1000


def test_days_and_months_without_gifts_are_there_too() -> None:
    donation(received_at=on(3))
    count()
    days = queries.received_by_day(currency="EUR", first=date(2026, 3, 9), last=date(2026, 3, 11))
    assert [(day.day, one.gifts) for day, one in days] == [(9, 0), (10, 1), (11, 0)]
    months = queries.received_by_month(
        currency="EUR", first=date(2026, 2, 5), last=date(2026, 4, 1)
    )
    assert [(month.month, one.gifts) for month, one in months] == [(2, 0), (3, 1), (4, 0)]


def test_articles_by_what_they_earned_the_rest_left_out() -> None:
    for number, minor in enumerate((100, 300, 200)):
        article = Article.objects.create(url=f"https://n.example/{number}", first_seen_at=AT)
        donation(article=article, amount_minor=minor)
    donation(amount_minor=50)
    count()
    found = queries.received_by(dimension="article", currency="EUR", **YEAR, limit=2)
    assert [(share.label, share.received.gross_minor) for share in found] == [
        ("https://n.example/1", 300), ("https://n.example/2", 200), ("", 50),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("most", "ask"),
    [
        (2, queries.currencies),
        (2, lambda: queries.received(currency="EUR", **YEAR)),
        (4, lambda: queries.received_by(dimension="article", currency="EUR", **YEAR)),
        (2, lambda: queries.received_in_each(**YEAR)),
        (2, lambda: queries.movements_in_each(**YEAR)),
        (1, lambda: queries.received_by_day(currency="EUR", **YEAR)),
        (1, lambda: queries.received_by_month(currency="EUR", **YEAR)),
        (1, lambda: queries.mrr(currency="EUR", on=AT.date())),
        (2, lambda: queries.movements(currency="EUR", **YEAR)),
        (2, lambda: queries.movements_by_month(currency="EUR", **YEAR)),
        (1, lambda: queries.active_supporters(on=AT.date())),
        (2, lambda: queries.churn_rate(**YEAR)),
        (3, lambda: queries.lifetime_value(currency="EUR", on=AT.date())),
        (1, lambda: queries.cohorts(on=AT.date())),
        (1, lambda: queries.repeat_rate(currency="EUR", **YEAR)),
        (1, lambda: queries.at_risk(currency="EUR")),
        (4, lambda: queries.goal_progress(on=AT.date())),
        (3, lambda: queries.forecast(currency="EUR", on=AT.date())),
        (1, queries.freshness),
    ],
)
def test_each_figure_is_few_queries_however_much_there_is(
    most: int, ask: Callable[[], object], django_assert_max_num_queries: Any
) -> None:
    Outlet.objects.update(goal_minor=10_000, goal_currency="EUR")
    for number in range(5):
        regular(f"reader{number}", on(number + 1))
        donation(
            article=Article.objects.create(url=f"https://n.example/{number}", first_seen_at=AT)
        )
    count()
    with django_assert_max_num_queries(most):
        ask()


@pytest.mark.parametrize(
    ("campaign", "source", "value"),
    [("winter", "mail", "winter"), ("", "fb", "fb/ad"), ("", "", "")],
)
def test_the_campaign_else_the_source(campaign: str, source: str, value: str) -> None:
    pledge = Pledge.objects.create(
        amount_minor=5, currency="EUR", interval="once", method="card", language="ro",
        fingerprint="f", created_at=AT, utm_campaign=campaign, utm_source=source, utm_medium="ad",
    )  # fmt: skip
    donation(pledge=pledge)
    count()
    [share] = queries.received_by(dimension="campaign", currency="EUR", **YEAR)
    assert share.value == value
    [spoken] = queries.received_by(dimension="language", currency="EUR", **YEAR)
    assert spoken.value == "ro"


def test_churn_is_of_those_who_were_there_and_those_who_came() -> None:
    regular("ana", on(1))
    regular("ion", on(1), on(3))
    regular("vera", on(3, 2), on(3, 20))
    count()
    march = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}
    assert queries.churn_rate(**march) == Fraction(2, 3)
    assert queries.active_supporters(on=date(2026, 3, 31)) == 1
    assert queries.churn_rate(first=date(2025, 1, 1), last=date(2025, 1, 31)) is None


def test_the_value_of_a_supporter() -> None:
    regular("ana", on(1))
    regular("ion", on(1), on(3))
    count()
    # Six months before July: January 0 of 2, February 0 of 2, March 1 of 2, then 0 of 1.
    assert queries.lifetime_value(currency="EUR", on=date(2026, 7, 5)) == Money(1000 * 12, "EUR")
    assert queries.lifetime_value(currency="EUR", on=date(2026, 12, 5)) is None, "nobody stopped"


def test_cohorts_keep_who_comes_back() -> None:
    ana = regular("ana", on(1), on(2, 5))
    subscription(supporter=ana, created_at=on(4), told=((on(4), "active", 1000),))
    regular("ion", on(1))
    regular("vera", on(3))
    count()
    january, _february, march, _april = queries.cohorts(months=4, on=date(2026, 4, 30))
    assert (january.size, january.retained) == (2, (2, 1, 1, 2))
    assert (march.size, march.retained) == (1, (1, 1))


def test_who_gave_once_and_who_came_back() -> None:
    ana, ion, vera = supporter("ana"), supporter("ion"), supporter("vera")
    for person, months in ((ana, (1, 5)), (ion, (4, 5, 6)), (vera, (5,))):
        for month in months:
            donation(supporter=person, received_at=on(month))
    donation(supporter=vera, received_at=on(8), subscription=subscription())
    donation(supporter=None, received_at=on(5))
    count()

    def repeats(first: int, last: int) -> tuple[int, int]:
        found = queries.repeat_rate(
            currency="EUR", first=date(2026, first, 3), last=date(2026, last, 9)
        )
        return found.repeated, found.givers

    assert repeats(5, 5) == (2, 3)
    assert repeats(1, 4) == (0, 2)
    assert repeats(4, 6) == (2, 3), "Ana gave before, Ion gives again in it, Vera gave once"
    assert repeats(1, 12) == (2, 3)
    donation(supporter=vera, received_at=on(5, 20))
    count()
    assert repeats(5, 5) == (3, 3)
    assert repeats(8, 8) == (0, 0)


def test_what_is_at_risk() -> None:
    subscription(status="past_due", amount_minor=500, observed_at=on(5))
    newest = subscription(status="past_due", amount_minor=1200, interval="year", observed_at=on(6))
    subscription(status="past_due", currency="USD")
    found = queries.at_risk(currency="EUR")
    assert (found.count, found.money, found.owed) == (2, Money(600, "EUR"), Money(1700, "EUR"))
    assert queries.in_trouble(currency="EUR")[0] == newest


def test_what_is_to_come() -> None:
    subscription(amount_minor=1000, period_end=on(4))
    subscription(amount_minor=1000, period_end=on(4), cancel_at=on(4))
    subscription(amount_minor=1000, period_end=on(4), status="past_due")
    subscription(amount_minor=6000, period_end=on(5), interval="year")
    count()
    april, may = queries.forecast(currency="EUR", months=2, on=date(2026, 3, 20))
    assert (april.month, april.expected, april.monthly, april.yearly) == (
        date(2026, 4, 1), Money(1000, "EUR"), 1, 0,
    )  # fmt: skip
    assert (may.expected, may.yearly) == (Money(7000, "EUR"), 1)


def test_those_who_stop_are_not_expected() -> None:
    regular("ana", on(1))
    regular("ion", on(1), on(3))
    count()
    [one] = queries.forecast(currency="EUR", months=1, on=date(2026, 7, 5))
    assert one.churn == Fraction(1, 12)
    assert one.due == Money(1000, "EUR")
    assert one.expected == Money(917, "EUR")


def test_how_far_the_goal_is() -> None:
    assert queries.goal_progress(on=AT.date()) is None
    Outlet.objects.update(goal_minor=10_000, goal_currency="EUR")
    donation(amount_minor=2500)
    donation(amount_minor=9900, currency="MDL")
    subscription(period_end=AT + 5 * DAY)
    subscription(period_end=AT + 31 * DAY)
    count()
    found = queries.goal_progress(on=AT.date())
    assert found is not None
    assert found.reached == Fraction(1, 4)
    assert found.expected == Money(1000, "EUR")
