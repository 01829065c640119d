"""Our books against what Stripe says moved, a day and a currency at a time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone
from pytest_django import Settings

from donations.giving.models import Donation
from donations.money import Money
from donations.reconciliation import comparing
from donations.reconciliation.models import BalanceComparison, Comparison, DayComparison
from donations.webhooks.models import InboundEvent
from tests.newsroom import Newsroom

FEE_OF_TEN, FEE_OF_FIVE = 40, 33


def compared(*, later: timedelta = timedelta(), fetches: bool = False) -> list[DayComparison]:
    """After the worker has done what was asked for."""
    now = timezone.now() + later
    today = now.date()
    comparing.ask(first=today - timedelta(days=3), last=today, fetches=fetches, at=now)
    assert comparing.run_due(at=now) == 1
    return list(DayComparison.objects.order_by("day", "currency"))


def missed(newsroom: Newsroom, **changes: Any) -> str:
    """A gift that Stripe told nobody of; its payment."""
    newsroom.manner = "reversed"
    payment = newsroom.payment(newsroom.give(**changes))
    newsroom.untold()
    return payment


def test_equal_books(newsroom: Newsroom) -> None:
    newsroom.give()
    refunded = newsroom.payment(newsroom.give(email="ion@example.org", money=Money(500, "EUR")))
    newsroom.stripe.refund(refunded, 200)
    newsroom.stripe.open_dispute(newsroom.payment(newsroom.give(email="eva@example.org")))
    newsroom.give(email="mia@example.org", money=Money(9000, "EUR"))
    newsroom.stripe.complete_payout(newsroom.stripe.pay_out())
    newsroom.tell()

    [row] = compared()
    assert (row.gateway, row.currency, row.differences, row.wrong_since) == (
        "stripe",
        "EUR",
        0,
        None,
    )
    assert (row.ours_gross, row.ours_returned) == (1000 + 500 + 1000 + 9000, 200 + 1000)
    assert row.ours_fees == FEE_OF_TEN * 2 + FEE_OF_FIVE + 160 + 1500
    assert row.ours_paid_out == row.ours_gross - row.ours_returned - row.ours_fees
    for part in ("gross", "fees", "returned", "paid_out"):
        assert getattr(row, f"ours_{part}") == getattr(row, f"theirs_{part}")
    assert (row.only_theirs, row.only_ours, row.differing) == ([], [], [])


def test_a_month_of_everything_that_comes_back(newsroom: Newsroom) -> None:
    """Failed refunds, won disputes, payouts that failed, other currencies, instalments."""
    newsroom.subscribe()
    payment = newsroom.payment(newsroom.give(money=Money(20000, "MDL")))
    newsroom.stripe.fail_refund(newsroom.stripe.refund(payment))
    other = newsroom.payment(newsroom.give(email="ion@example.org"))
    newsroom.stripe.close_dispute(newsroom.stripe.open_dispute(other), "won")
    newsroom.stripe.fail_payout(newsroom.stripe.pay_out(automatic=False, amount=200))
    newsroom.tell()

    rows = compared()
    assert [(row.currency, row.differences) for row in rows] == [("EUR", 0)]
    [balance] = BalanceComparison.objects.all()
    assert (balance.currency, balance.difference.minor) == ("EUR", 0)


def test_what_only_they_have_is_named_and_fetched(newsroom: Newsroom) -> None:
    newsroom.give()
    payment = missed(newsroom, email="ion@example.org")

    [row] = compared()
    assert (row.only_theirs_count, row.only_ours_count, row.differing_count) == (1, 0, 0)
    [entry] = row.only_theirs
    assert (entry["payment"], entry["kind"], entry["theirs"]) == (payment, "payment", 960)
    assert (row.ours_gross, row.theirs_gross) == (1000, 2000)
    assert row.wrong_since is not None

    [row] = compared(fetches=True, later=timedelta(hours=1))
    assert (row.differences, row.wrong_since) == (0, None)
    assert Donation.objects.count() == 2
    last = Comparison.objects.latest("asked_at")
    assert (last.recorded, last.error) == (1, "")


def test_a_late_event_mends_it_by_itself(newsroom: Newsroom) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    [row] = compared()
    since = row.wrong_since
    [row] = compared(later=timedelta(hours=1))
    assert row.wrong_since == since

    newsroom.finish()
    [row] = compared(later=timedelta(hours=2))
    assert row.differences == 0


def test_a_fee_that_nobody_told(newsroom: Newsroom) -> None:
    newsroom.stripe.settings.fees_later = True
    newsroom.give()
    newsroom.stripe.settle_fees()

    [row] = compared()
    [entry] = row.differing
    assert (entry["theirs"], entry["ours"]) == (960, 1000)
    [balance] = BalanceComparison.objects.all()
    assert (balance.difference.minor, balance.unsettled.minor) == (-FEE_OF_TEN, 1000)


def test_what_only_we_have(newsroom: Newsroom) -> None:
    newsroom.give()
    with newsroom.stripe.world.lock:
        for move in newsroom.stripe.world.newest_first("balance_transaction"):
            del newsroom.stripe.world.objects[move["id"]]

    [row] = compared()
    assert (row.only_theirs_count, row.ours_gross, row.theirs_gross) == (0, 1000, 0)
    assert {entry["ref"].split("_")[0] for entry in row.only_ours} == {"stripe:pi", "stripe:txn"}
    assert sum(entry["ours"] for entry in row.only_ours) == 960


def test_a_refund_that_never_left_is_no_difference(newsroom: Newsroom) -> None:
    payment = newsroom.payment(newsroom.give())
    refund = newsroom.stripe.refund(payment, status="pending")
    newsroom.tell()
    [row] = compared()
    assert [entry["ref"] for entry in row.only_ours] == [f"stripe:{refund}"]

    newsroom.stripe.fail_refund(refund)
    newsroom.tell()
    [row] = compared(later=timedelta(hours=1))
    assert row.differences == 0


def test_each_day_has_its_row_and_a_day_without_anything_has_none(newsroom: Newsroom) -> None:
    newsroom.stripe.now = int((timezone.now() - timedelta(days=2)).timestamp())
    newsroom.give()
    newsroom.stripe.advance(days=2)
    newsroom.give(email="ion@example.org")

    rows = compared()
    today = timezone.now().date()
    assert [row.day for row in rows] == [today - timedelta(days=2), today]

    with newsroom.stripe.world.lock:
        newsroom.stripe.world.clear()
    assert all(row.only_ours_count for row in compared(later=timedelta(hours=1)))


def test_what_is_not_about_gifts_stands_beside(newsroom: Newsroom) -> None:
    now = newsroom.stripe.now
    newsroom.stripe.put(
        {
            "id": "txn_bill", "object": "balance_transaction", "amount": -200, "fee": 0,
            "net": -200, "currency": "eur", "created": now, "available_on": now,
            "reporting_category": "fee", "type": "stripe_fee", "source": None,
            "status": "available",
        }
    )  # fmt: skip
    [row] = compared()
    assert (row.theirs_beside, row.differences) == (-200, 0)


def test_many_differences_are_counted_and_the_first_are_listed(newsroom: Newsroom) -> None:
    now = newsroom.stripe.now
    for number in range(60):
        newsroom.stripe.put(
            {
                "id": f"txn_{number}", "object": "balance_transaction", "amount": 100, "fee": 0,
                "net": 100, "currency": "eur", "created": now, "available_on": now,
                "reporting_category": "charge", "type": "charge", "source": f"ch_{number}",
                "status": "available",
            }
        )  # fmt: skip
        newsroom.stripe.put({"id": f"ch_{number}", "object": "charge", "payment_intent": None})
    [row] = compared()
    assert (row.only_theirs_count, len(row.only_theirs)) == (60, 50)


def test_a_provider_that_cannot_be_asked_is_noted(newsroom: Newsroom, settings: Settings) -> None:
    newsroom.give()
    compared()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    rows = compared(fetches=True, later=timedelta(minutes=1))
    assert [row.differences for row in rows] == [0]
    last = Comparison.objects.latest("asked_at")
    assert "could not be reached" in last.error
    assert last.ended_at is not None


def test_asking_the_second_time_adds_nothing(db: None) -> None:
    now = timezone.now()
    first = comparing.ask(first=date(2026, 1, 1), last=date(2026, 1, 3), at=now)
    assert comparing.ask(first=date(2026, 1, 1), last=date(2026, 1, 3), at=now) == first
    assert Comparison.objects.count() == 1


def test_no_more_than_a_quarter_at_a_time_and_nothing_of_tomorrow(db: None) -> None:
    now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    asked = comparing.ask(first=date(2020, 1, 1), last=date(2030, 1, 1), at=now)
    assert (asked.last_day, asked.last_day - asked.first_day) == (now.date(), timedelta(days=91))
    turned = comparing.ask(first=date(2026, 4, 9), last=date(2026, 4, 1), at=now)
    assert (turned.first_day, turned.last_day) == (date(2026, 4, 9), date(2026, 4, 9))


def test_one_at_a_time_and_a_dead_worker_s_again(newsroom: Newsroom) -> None:
    now = timezone.now()
    asked = comparing.ask(first=now.date(), last=now.date(), at=now)
    assert Comparison.claim(pk=asked.pk, at=now)
    assert not Comparison.claim(pk=asked.pk, at=now)
    assert comparing.run_due(at=now + timedelta(minutes=5)) == 0
    assert comparing.run_due(at=now + timedelta(hours=2)) == 1
    assert not comparing.is_anything_due(at=now + timedelta(hours=9))


def test_what_a_listing_told_was_not_sent(newsroom: Newsroom) -> None:
    missed(newsroom)
    compared(fetches=True)
    assert not InboundEvent.objects.filter(was_sent=True).exists()
