"""What is told of a subscription is kept moment by moment, in whatever order."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from donations.gateways.events import SubscriptionObserved
from donations.giving.models import Reading, Subscription
from donations.giving.operations import record
from donations.money import Money

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def told(days: int = 0, **changes: Any) -> SubscriptionObserved:
    """A part of what PayPal says."""
    fields: dict[str, Any] = {
        "gateway": "paypal", "ref": "I-1", "status": "active", "money": None, "interval": None,
        "guess": Money(500, "EUR"), "customer_ref": "", "pledge_token": "",
        "created_at": AT + days * DAY, "observed_at": AT + days * DAY, "is_whole": False,
    }  # fmt: skip
    return SubscriptionObserved(**(fields | changes))


def kept() -> list[tuple[Any, ...]]:
    rows = Reading.objects.order_by("told_at")
    return list(rows.values_list("told_at", "status", "amount_minor", "interval", "is_guess"))


TERMS = told(money=Money(700, "EUR"), interval="month", guess=None)


def test_each_moment_is_a_row() -> None:
    for fact in (told(31), told(), TERMS):
        record(fact=fact, at=AT)
    assert kept() == [
        (AT, "active", 700, "month", False),
        (AT + 31 * DAY, "active", 500, "other", True),
    ]


def test_the_second_time_nothing_is_added() -> None:
    for _time in range(2):
        record(fact=told(), at=AT)
    assert len(kept()) == 1


def test_an_older_reading_is_kept_though_the_row_does_not_change() -> None:
    record(fact=told(40, status="past_due"), at=AT)
    record(fact=told(10), at=AT)
    assert Subscription.objects.get().status == "past_due"
    assert [row[1] for row in kept()] == ["active", "past_due"]


def test_of_one_moment_the_order_is_no_matter() -> None:
    facts = (told(), TERMS, told(status="past_due", guess=None), told(guess=Money(900, "EUR")))
    record(fact=told(-1), at=AT)
    found = set()
    for order in permutations(facts):
        for fact in order:
            record(fact=fact, at=AT)
        found.add(tuple(kept()))
        Reading.objects.filter(told_at=AT).delete()
    assert found == {
        ((AT - DAY, "active", 500, "other", True), (AT, "past_due", 700, "month", False))
    }


def test_what_was_told_under_another_name_comes_along() -> None:
    record(fact=told(ref="S-1"), at=AT)
    record(fact=told(31), at=AT)
    record(fact=told(62, old_ref="S-1"), at=AT)
    agreement = Subscription.objects.get()
    assert agreement.readings.count() == Reading.objects.count() == 3
