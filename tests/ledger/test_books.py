"""Double entry: balanced, written once, never changed."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from donations.appending import WrittenForGood
from donations.ledger.models import Account, Line, Posting
from donations.ledger.operations import Draft, PostingConflict, Unbalanced, post, transfer
from donations.ledger.queries import balance, unbalanced_postings
from donations.money import Money

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
TEN = Money(1000, "EUR")


def draft(money: Money = TEN, reference: str = "stripe:pi_1") -> Draft:
    lines = transfer(debit=Account.STRIPE, credit=Account.DONATIONS, money=money)
    return Draft(reference=reference, at=AT, lines=lines)


@pytest.mark.django_db
def test_a_posting_is_written() -> None:
    post(draft=draft(), at=AT)
    assert balance(account=Account.STRIPE, currency="EUR") == TEN
    assert balance(account=Account.DONATIONS, currency="EUR") == Money(-1000, "EUR")
    assert unbalanced_postings() == []


@pytest.mark.django_db
def test_the_second_time_nothing_changes() -> None:
    assert post(draft=draft(), at=AT) == post(draft=draft(), at=AT)
    assert Line.objects.count() == 2


@pytest.mark.django_db
def test_the_same_reference_with_other_lines_is_refused() -> None:
    post(draft=draft(), at=AT)
    with pytest.raises(PostingConflict):
        post(draft=draft(Money(2000, "EUR")), at=AT)


def test_what_does_not_sum_to_zero_cannot_be_drafted() -> None:
    with pytest.raises(Unbalanced):
        Draft(reference="x", at=AT, lines=((Account.STRIPE, TEN),))


def test_two_currencies_do_not_balance_each_other() -> None:
    with pytest.raises(Unbalanced):
        Draft(
            reference="x", at=AT,
            lines=((Account.STRIPE, TEN), (Account.DONATIONS, Money(-1000, "USD"))),
        )  # fmt: skip


def test_an_empty_posting_cannot_be_drafted() -> None:
    with pytest.raises(Unbalanced):
        Draft(reference="x", at=AT, lines=())


@pytest.mark.django_db
def test_nothing_is_changed_or_removed() -> None:
    posting = post(draft=draft(), at=AT)
    line = Line.objects.get(account=Account.STRIPE)
    line.amount_minor = 5
    for attempt in (
        line.save,
        line.delete,
        posting.save,
        posting.delete,
        Line.objects.all().delete,
        lambda: Posting.objects.all().update(reference="y"),
    ):
        with pytest.raises(WrittenForGood):
            attempt()
    assert balance(account=Account.STRIPE, currency="EUR") == TEN


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"amount_minor": 0}, {"currency": ""}, {"currency": "eur"}])
def test_the_database_refuses_lines_that_say_nothing(fields: dict[str, object]) -> None:
    posting = post(draft=draft(), at=AT)
    line = {"posting": posting, "account": Account.FEES, "amount_minor": 1, "currency": "EUR"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.create(**{**line, **fields})
