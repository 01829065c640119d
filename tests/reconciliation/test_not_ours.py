"""What is another shop's with the same account: said once, it is no difference any more."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from donations.history.models import Change
from donations.reconciliation import comparing, queries
from donations.reconciliation.comparing import NotListed, witnesses
from donations.reconciliation.comparing.days import Days, chunks
from donations.reconciliation.comparing.operations import keep
from donations.reconciliation.models import Comparison, DayComparison, NotOurs
from donations.supporters.models import User
from donations.watching.queries import old_differences
from tests.newsroom import Newsroom
from tests.reconciliation.test_comparing import compared

KEY = ("payment", "txn_shop")
SUMS = ("gross", "fees", "returned", "paid_out")


@pytest.fixture
def eva(db: None) -> User:
    return User.objects.create_user("eva@example.org", is_staff=True, role="treasurer")


def shop_sells(newsroom: Newsroom, *, number: str = "shop", amount: int = 2000) -> None:
    """Somebody else's charge on the same account, with a fee of 60."""
    now = newsroom.stripe.now
    newsroom.stripe.put(
        {
            "id": f"txn_{number}", "object": "balance_transaction", "amount": amount, "fee": 60,
            "net": amount - 60, "currency": "eur", "created": now, "available_on": now,
            "reporting_category": "charge", "type": "charge", "source": f"ch_{number}",
            "status": "available",
        }
    )  # fmt: skip
    newsroom.stripe.put({"id": f"ch_{number}", "object": "charge", "payment_intent": None})


def say(day: DayComparison, eva: User, *, seen: int = 1940, why: str = "The book shop's") -> bool:
    return comparing.say_not_ours(day=day, key=KEY, seen=seen, why=why, by=eva, at=timezone.now())


def take_back(day: DayComparison, eva: User) -> bool:
    return comparing.say_ours(day=day, key=KEY, by=eva, at=timezone.now())


def is_balanced(row: DayComparison) -> bool:
    """No difference, and both sides of each sum are one."""
    alike = [getattr(row, f"ours_{part}") == getattr(row, f"theirs_{part}") for part in SUMS]
    return all(alike) and not row.differences and row.wrong_since is None


def fields(row: DayComparison) -> dict[str, object]:
    """All but when it was looked at."""
    kept = DayComparison.objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in kept.items() if name not in ("compared_at", "id")}


def test_the_day_balances_at_once_and_after_another_look(newsroom: Newsroom, eva: User) -> None:
    newsroom.give()
    shop_sells(newsroom)
    [day] = compared()
    assert (day.only_theirs_count, day.theirs_gross) == (1, 3000)

    assert say(day, eva)
    [row] = DayComparison.objects.all()
    assert is_balanced(row)
    assert ([each["ref"] for each in row.not_ours], row.theirs_beside) == (["txn_shop"], 1940)
    assert row.compared_at == day.compared_at
    said = fields(row)

    [row] = compared(later=timedelta(hours=1))
    assert fields(row) == said


def test_the_second_time_nothing_new_is_said(newsroom: Newsroom, eva: User) -> None:
    shop_sells(newsroom)
    [day] = compared()
    assert say(day, eva)
    before = fields(day)
    assert not say(day, eva, why="Something else")
    assert fields(day) == before
    assert NotOurs.objects.get().why == "The book shop's"
    assert Change.objects.count() == 1

    assert take_back(day, eva)
    before = fields(day)
    assert not take_back(day, eva)
    assert fields(day) == before
    assert Change.objects.count() == 2


def test_what_else_differs_still_does(newsroom: Newsroom, eva: User) -> None:
    shop_sells(newsroom)
    shop_sells(newsroom, number="other", amount=500)
    [day] = compared()
    say(day, eva)
    for row in (DayComparison.objects.get(), *compared(later=timedelta(hours=1))):
        assert (row.only_theirs_count, row.theirs_gross, row.theirs_fees) == (1, 500, 60)
        assert [each["ref"] for each in row.only_theirs] == ["txn_other"]
        assert row.wrong_since == day.wrong_since


def test_ours_after_all_is_as_if_nothing_had_been_said(newsroom: Newsroom, eva: User) -> None:
    newsroom.give()
    shop_sells(newsroom)
    [day] = compared()
    before = fields(day)
    say(day, eva)
    assert take_back(day, eva)
    after = fields(day)
    assert after.pop("wrong_since") is not None
    before.pop("wrong_since")
    assert after == before
    [row] = compared(later=timedelta(hours=1))
    assert (row.only_theirs_count, row.not_ours) == (1, [])


def test_another_amount_differs_again(newsroom: Newsroom, eva: User) -> None:
    shop_sells(newsroom)
    [day] = compared()
    say(day, eva)
    shop_sells(newsroom, amount=2500)

    [row] = compared(later=timedelta(hours=1))
    assert (row.only_theirs_count, row.not_ours, row.theirs_gross) == (1, [], 2500)
    assert row.wrong_since is not None
    assert queries.said_not_ours(row)[KEY].amount_minor == 1940

    assert say(row, eva, seen=2440)
    assert is_balanced(DayComparison.objects.get())
    change = Change.objects.latest("pk")
    assert (change.before, change.after) == ({"amount_minor": 1940}, {"amount_minor": 2440})


def test_what_is_said_while_a_comparison_runs_is_not_lost(newsroom: Newsroom, eva: User) -> None:
    shop_sells(newsroom)
    [day] = compared()
    now = timezone.now()
    around = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    days = Days("stripe", day.day, day.day)
    for chunk in chunks(witnesses.moves("stripe", **around)):
        days.take(chunk)
    say(day, eva)
    keep(days, at=now)
    row = DayComparison.objects.get()
    assert is_balanced(row)
    assert len(row.not_ours) == 1


def test_what_was_not_seen_cannot_be_said(newsroom: Newsroom, eva: User) -> None:
    shop_sells(newsroom)
    [day] = compared()
    before = fields(day)
    with pytest.raises(NotListed):
        say(day, eva, seen=1941)
    with pytest.raises(NotListed):
        comparing.say_not_ours(
            day=day, key=("refund", "txn_shop"), seen=1940, why="x", by=eva, at=timezone.now()
        )
    assert fields(day) == before
    DayComparison.objects.all().delete()
    with pytest.raises(NotListed):
        say(day, eva)
    assert not Change.objects.exists()
    assert not NotOurs.objects.exists()


def test_only_what_the_provider_alone_has_can_be_somebody_else_s(
    newsroom: Newsroom, eva: User
) -> None:
    """What is in our books is ours, whatever the provider says of it."""
    newsroom.stripe.settings.fees_later = True
    newsroom.give()
    newsroom.stripe.settle_fees()
    [day] = compared()
    [entry] = day.differing
    with pytest.raises(NotListed):
        comparing.say_not_ours(
            day=day, key=(entry["kind"], entry["ref"]), seen=entry["theirs"], why="x", by=eva,
            at=timezone.now(),
        )  # fmt: skip


def test_once_it_is_in_our_books_it_is_matched_like_all_others(
    newsroom: Newsroom, eva: User
) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    [day] = compared()
    [entry] = day.only_theirs
    comparing.say_not_ours(
        day=day, key=(entry["kind"], entry["ref"]), seen=entry["theirs"], why="x", by=eva,
        at=timezone.now(),
    )  # fmt: skip
    assert is_balanced(DayComparison.objects.get())

    newsroom.finish()
    [row] = compared(later=timedelta(hours=1))
    assert is_balanced(row)
    assert (row.not_ours, row.theirs_beside, row.ours_gross) == ([], 0, 1000)


def test_beyond_what_is_listed(newsroom: Newsroom, eva: User) -> None:
    """What was said stays said, however far down it is, and makes room in the list."""
    shop_sells(newsroom)
    [day] = compared()
    say(day, eva)
    newsroom.stripe.now += 60
    for number in range(60):
        shop_sells(newsroom, number=str(number))
    [row] = compared(later=timedelta(hours=1))
    assert (row.only_theirs_count, len(row.only_theirs), len(row.not_ours)) == (60, 50, 1)

    take_back(row, eva)
    row.refresh_from_db()
    assert (row.only_theirs_count, len(row.only_theirs)) == (61, 50)
    assert row.only_theirs[0]["ref"] == "txn_shop"


def test_listed_by_an_earlier_version(newsroom: Newsroom, eva: User) -> None:
    """Its fee was not kept then, so the sums are made by another look."""
    newsroom.give()
    shop_sells(newsroom)
    [day] = compared()
    [entry] = day.only_theirs
    day.only_theirs = [{name: value for name, value in entry.items() if name != "fee"}]
    day.save()

    say(day, eva)
    asked = Comparison.objects.get(ended_at=None)
    assert (asked.first_day, asked.last_day) == (day.day, day.day)
    assert comparing.run_due(at=timezone.now()) == 1
    assert is_balanced(DayComparison.objects.get())


def test_money_out_is_somebody_else_s_too(newsroom: Newsroom, eva: User) -> None:
    """The shop gives money back."""
    now = newsroom.stripe.now
    newsroom.stripe.put(
        {
            "id": "txn_back", "object": "balance_transaction", "amount": -700, "fee": 0,
            "net": -700, "currency": "eur", "created": now, "available_on": now,
            "reporting_category": "refund", "type": "refund", "source": "re_shop",
            "status": "available",
        }
    )  # fmt: skip
    newsroom.stripe.put(
        {"id": "re_shop", "object": "refund", "payment_intent": None, "charge": None}
    )
    [day] = compared()
    assert day.theirs_returned == 700
    comparing.say_not_ours(
        day=day, key=("refund", "txn_back"), seen=-700, why="x", by=eva, at=timezone.now()
    )
    row = DayComparison.objects.get()
    assert is_balanced(row)
    assert row.theirs_beside == -700


def test_no_alarm_and_no_count(newsroom: Newsroom, eva: User) -> None:
    shop_sells(newsroom)
    [day] = compared()
    DayComparison.objects.update(wrong_since=timezone.now() - timedelta(days=3))
    assert queries.waiting_for_staff().count() == 1
    assert [each.what for each in old_differences(timezone.now())] == ["differences"]

    say(day, eva)
    assert queries.waiting_for_staff().count() == 0
    assert list(old_differences(timezone.now())) == []
    take_back(day, eva)
    later = timezone.now() + timedelta(days=2)
    assert [each.what for each in old_differences(later)] == ["differences"]


def test_another_currency_s_move_of_the_same_name_is_another(eva: User) -> None:
    """PayPal tells of a conversion under one id in both currencies."""
    entry = {"ref": "7AB", "kind": "exchange", "source": "7AB", "payment": "", "fee": 0}
    days = [
        DayComparison.objects.create(
            gateway="paypal", day=date(2026, 11, 20), currency=currency, only_theirs_count=1,
            only_theirs=[{**entry, "theirs": minor}], compared_at=timezone.now(),
        )
        for currency, minor in (("EUR", -100), ("USD", 110))
    ]  # fmt: skip
    key = ("exchange", "7AB")
    comparing.say_not_ours(day=days[0], key=key, seen=-100, why="x", by=eva, at=timezone.now())
    days[1].refresh_from_db()
    assert days[1].only_theirs_count == 1
    assert queries.said_not_ours(days[1]) == {}
