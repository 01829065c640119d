"""Our sums against the provider's: the page reads rows, a worker asks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.history.models import Change
from donations.models import BalanceComparison, Comparison, DayComparison, Donation, User
from donations.reconciliation import comparing
from tests.newsroom import Newsroom
from tests.web.desk import NOON, text_of

PATH = "/staff/reconciliation/"
COMPARE = f"{PATH}compare/"
Counted = Callable[[int], Any]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the workers are told."""
    told: list[str] = []
    where = "donations.web.staff.reconciliation.asking.compare_soon"
    monkeypatch.setattr(where, lambda: told.append("compare"))
    return told


def a_day(number: int = 1, **changes: Any) -> DayComparison:
    """At Stripe in euro, equal."""
    told: dict[str, Any] = {
        "gateway": "stripe", "day": date(2026, 11, 1) + timedelta(days=number), "currency": "EUR",
        "ours_gross": 1000, "theirs_gross": 1000, "compared_at": NOON, **changes,
    }  # fmt: skip
    return DayComparison.objects.create(**told)


def wrong(number: int = 2, **changes: Any) -> DayComparison:
    """A payment that only they have."""
    entry = {"ref": "txn_1", "kind": "payment", "source": "ch_1", "payment": "pi_1", "theirs": 960}
    return a_day(
        number,
        **{
            "theirs_gross": 2000, "only_theirs": [entry], "only_theirs_count": 1,
            "wrong_since": timezone.now() - timedelta(days=2), **changes,
        },
    )  # fmt: skip


def test_nothing_yet(desk: Client) -> None:
    page = text_of(desk.get(PATH))
    assert "Nothing has been compared yet." in page
    assert "Without days it is the last week." in page


def test_days_that_are_equal_and_one_that_is_not(desk: Client) -> None:
    a_day(1)
    day = wrong(2)
    answer = desk.get(PATH)
    page = text_of(answer)
    assert "2 November 2026, EUR Stripe EUR 10.00 EUR 10.00 equal" in page
    assert "3 November 2026, EUR Stripe EUR 10.00 EUR 20.00 1 difference" in page
    assert 'Reconciliation <b class="count">1</b>' in answer.content.decode()
    only = text_of(desk.get(PATH, {"show": "wrong"}))
    assert "2 November" not in only
    assert f'href="{PATH}{day.pk}/"' in desk.get(PATH, {"show": "wrong"}).content.decode()


def test_one_day_with_what_differs_by_id(desk: Client) -> None:
    ours = {"ref": "stripe:pi_9", "ours": 500}
    other = {"ref": "txn_2", "kind": "refund", "source": "re_1", "theirs": -5, "ours": -4}
    day = wrong(
        only_ours=[ours],
        only_ours_count=70,
        differing=[other],
        differing_count=1,
        theirs_beside=-99,
    )
    page = text_of(desk.get(f"{PATH}{day.pk}/"))
    for text in ("txn_1 pi_1 Gift EUR 9.60", "stripe:pi_9", "txn_2 re_1 Refund", "Only they have"):
        assert text in page
    assert "The first 1 of 70." in page
    assert "is not about gifts" in page
    assert "EUR 10.00 EUR 20.00 EUR 10.00" in page
    equal = text_of(desk.get(f"{PATH}{a_day().pk}/"))
    assert "Everything that they have is in our books" in equal
    assert "Fetch what is missing" not in equal


def test_what_stands_there(desk: Client) -> None:
    BalanceComparison.objects.create(
        gateway="stripe", currency="EUR", available_minor=100, pending_minor=960,
        ledger_minor=1100, unsettled_minor=1000, unsettled_count=1, read_at=NOON,
    )  # fmt: skip
    page = text_of(desk.get(PATH)).replace("−", "-")
    assert "EUR 1.00 EUR 9.60 EUR 11.00 -EUR 0.40" in page
    assert "1 gift of EUR 10.00 is not settled there" in page


def test_asked_for_and_done(
    desk: Client,
    editor: User,
    newsroom: Newsroom,
    hints: list[str],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        asked = desk.post(COMPARE, {"first": today, "last": today, "fetch": "1"}, follow=True)
    assert "A worker is at it." in text_of(asked)
    assert asked["Refresh"] == "3"
    assert hints == ["compare"]
    change = Change.objects.get()
    assert (change.what, change.by) == ("provider.fetched", editor)

    assert comparing.run_due(at=timezone.now()) == 1
    page = desk.get(PATH)
    assert "Refresh" not in page
    assert "1 gift was fetched" in text_of(page)
    assert Donation.objects.count() == 1
    assert DayComparison.objects.get().differences == 0


def test_the_second_click_adds_nothing(desk: Client) -> None:
    for _click in range(2):
        desk.post(COMPARE)
    assert Comparison.objects.count() == 1
    assert Change.objects.count() == 1
    asked = Comparison.objects.get()
    assert (asked.last_day - asked.first_day, asked.fetches) == (timedelta(days=7), False)


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2026-11-30", "last": "2026-11-01"},
        {"first": "2026-02-31"},
        {"first": "nonsense"},
        {"first": "2999-01-01", "last": "2999-01-02"},
    ],
)
def test_days_that_are_none(days: dict[str, str], desk: Client) -> None:
    answer = desk.post(COMPARE, days, follow=True)
    assert "Choose a first day" in text_of(answer)
    assert not Comparison.objects.exists()


def test_a_provider_that_could_not_be_asked(desk: Client) -> None:
    Comparison.objects.create(
        first_day=NOON.date(), last_day=NOON.date(), asked_at=NOON, begun_at=NOON, ended_at=NOON,
        error="stripe: Stripe could not be <reached>",
    )  # fmt: skip
    page = desk.get(PATH)
    assert "It could not be done everywhere: stripe: Stripe could not be <reached>" in text_of(page)


def test_page_by_page_and_a_fixed_number_of_queries(
    desk: Client, django_assert_num_queries: Counted
) -> None:
    a_day(0)
    desk.get(PATH)
    with django_assert_num_queries(6):
        desk.get(PATH)
    for number in range(1, 100):
        a_day(number)
    with django_assert_num_queries(6):
        first = desk.get(PATH).context
    assert len(first["days"]) == 60
    second = desk.get(PATH, {"before": first["next"]}).context
    assert len(second["days"]) == 40
    assert second["next"] is None
    assert desk.get(PATH, {"before": "2026-99-99"}).status_code == 200
    day = wrong(200)
    desk.get(f"{PATH}{day.pk}/")
    with django_assert_num_queries(7):
        desk.get(f"{PATH}{day.pk}/")


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_not_for_everybody(role: str, client: Client) -> None:
    day = a_day()
    client.force_login(User.objects.create_user("c@example.org", is_staff=True, role=role))
    assert client.get(PATH).status_code == 403
    assert client.get(f"{PATH}{day.pk}/").status_code == 403
    assert client.post(COMPARE).status_code == 403
    assert not Comparison.objects.exists()
