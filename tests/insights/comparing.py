"""The totals as they are kept and asked for, in the shape of the plain recomputation."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from donations.gateways.events import Fact
from donations.giving.models import Donation, Subscription
from donations.insights import queries
from donations.insights.checking import TOTALS, fields
from donations.insights.models import DayTotal, Standing, SupporterTotal
from donations.insights.queries.spans import end_of, months_later
from tests.insights import plainly

SUMS = (
    "once", "once_minor", "first", "first_minor", "renewals", "renewals_minor",
    "returned_minor", "fees_minor",
)  # fmt: skip


def kept_takings(dimension: str) -> dict[Any, Counter[str]]:
    rows = DayTotal.objects.filter(dimension=dimension)
    return plainly.plain(
        {
            (row.on, row.currency, row.value): Counter({name: getattr(row, name) for name in SUMS})
            for row in rows
        }
    )


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every total, without row numbers."""
    return {
        model.__name__: sorted(model._default_manager.values_list(*fields(model)), key=str)
        for model in TOTALS
    }


def assert_takings_are_true() -> None:
    for dimension in ("all", "gateway", "language", "article", "campaign", "kind"):
        assert kept_takings(dimension) == plainly.takings(dimension), dimension


def assert_recurring_is_true(facts: Iterable[Fact]) -> None:
    """MRR, people and movements of each day and month, and the cohorts."""
    truth = plainly.recurring(list(facts))
    days = sorted({day for day, _ in truth.moved} | {day for day, _ in truth.mrr})
    if not days:
        assert queries.active_supporters(on=timezone.localdate()) == 0
        return
    last = days[-1]
    asked = sorted(
        {day for day, _ in truth.moved} | {day - timedelta(days=1) for day, _ in truth.moved}
    )
    for currency in sorted({currency for _, currency in truth.mrr} - {""}):
        assert_currency(truth, currency, asked)
    for day in asked:
        assert queries.active_supporters(on=day) == truth.people.get((day, ""), 0)
    for cohort in queries.cohorts(months=12, on=last):
        assert cohort.size == truth.sizes.get(cohort.month, 0)
        ends = [
            min(end_of(months_later(cohort.month, k)), last) for k in range(len(cohort.retained))
        ]
        plain = tuple(truth.cohorts.get(cohort.month, {}).get(day, 0) for day in ends)
        assert cohort.retained == plain


def assert_currency(truth: plainly.Recurring, currency: str, asked: list[date]) -> None:
    running, first, last = 0, asked[0], asked[-1]
    for day in asked:
        now = queries.mrr(currency=currency, on=day)
        assert now.money.minor == truth.mrr.get((day, currency), 0), day
        assert now.supporters == truth.people.get((day, currency), 0), day
        one = queries.movements(currency=currency, first=day, last=day)
        assert one.start == running
        told = truth.moved.get((day, currency), Counter())
        assert (one.new, one.expansion, one.contraction, one.churned, one.reactivation) == tuple(
            told[name] for name in ("new", "expansion", "contraction", "churned", "reactivation")
        )
        assert (one.started, one.stopped, one.returned) == tuple(
            told[f"{name} people"] for name in ("new", "churned", "reactivation")
        )
        running = one.end
    for month, moved in queries.movements_by_month(currency=currency, first=first, last=last):
        assert (
            moved.start == queries.mrr(currency=currency, on=month - timedelta(days=1)).money.minor
        )
        assert moved.end == queries.mrr(currency=currency, on=end_of(month)).money.minor


def assert_people_are_true() -> None:
    """What each supporter gave, and when."""
    kept = {
        (row.supporter_id, row.currency): (row.gifts, row.given_minor, row.first_at, row.last_at)
        for row in SupporterTotal.objects.filter(gifts__gt=0)
    }
    given: dict[Any, list[Any]] = {}
    for donation in Donation.objects.exclude(supporter=None):
        given.setdefault((donation.supporter_id, donation.currency), []).append(donation)
    assert kept == {
        key: (
            len(gifts),
            sum(gift.amount_minor for gift in gifts),
            min(gift.received_at for gift in gifts),
            max(gift.received_at for gift in gifts),
        )
        for key, gifts in given.items()
    }
    for standing in Standing.objects.all():
        mine = [
            each
            for (who, _), gifts in given.items()
            if who == standing.supporter_id
            for each in gifts
        ]
        assert standing.gifts == len(mine)
        assert standing.last_gift_at == max((each.received_at for each in mine), default=None)
        assert standing.kind == kind_of(standing.supporter_id, bool(mine))


def kind_of(supporter: int, has_given: bool) -> str:
    rows = Subscription.objects.filter(supporter=supporter)
    states = {row.status for row in rows if row.end_reason != "never_started"}
    for status, kind in (
        ("past_due", "troubled"), ("active", "regular"), ("paused", "paused"),
        ("canceled", "lapsed"),
    ):  # fmt: skip
        if status in states:
            return kind
    return "once" if has_given else "none"
