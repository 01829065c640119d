"""One payment, told by its file, by PayPal's message and by a reader's pledge: one gift."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from donations.gateways.paypal.payments import Transaction, payment_facts
from donations.giving import operations as giving
from donations.giving.models import Donation, Refund
from donations.money import Money
from donations.outbox.models import Message
from donations.reconciliation.rebuild import differences
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import process_due
from tests.gateways.activity import made, payment, txn
from tests.reconciliation.activity import AT, imported, pledge, refund

pytestmark = pytest.mark.django_db


def told_by_paypal(number: int, *, gross: int = 1000, fee: int | None = 69, **texts: str) -> None:
    """PayPal's own message about a payment of the same name."""
    told = Transaction(
        ref=txn(number),
        gross=Money(gross, "EUR"),
        fee=None if fee is None else Money(fee, "EUR"),
        at=datetime(2026, 11, 20, 11, tzinfo=UTC),
        told_by="provider",
        payer_email="ana@example.org",
        **texts,
    )
    for fact in payment_facts(told):
        giving.record(fact=fact, at=told.at)


def test_a_refund_above_its_payment_in_the_file() -> None:
    report = imported(made([refund(2, of=1), payment(1)]))
    assert (report.taken, report.waiting) == (2, 0)
    assert Refund.objects.get().donation.gateway_ref == txn(1)
    assert differences() == []


def test_a_refund_whose_payment_nobody_has_told_of_waits() -> None:
    report = imported(made([refund(2, of=1), payment(3)]))
    assert (report.taken, report.waiting) == (1, 1)

    imported(made([payment(1)]), at=AT + timedelta(hours=1))
    process_due(at=AT + timedelta(hours=1))

    assert Refund.objects.get().gateway_ref == txn(2)
    assert not InboundEvent.objects.exclude(state=InboundEvent.State.DONE).exists()
    assert differences() == []


def test_a_payment_that_paypal_told_of_is_known_and_learns_its_fee() -> None:
    told_by_paypal(1)
    told_by_paypal(2, fee=None)
    report = imported(made([payment(1), payment(2, Note="from the file")]))
    assert (report.known, report.taken) == (2, 0)
    second = Donation.objects.get(gateway_ref=txn(2))
    assert (second.fee, second.note) == (Money(69, "EUR"), "from the file")
    assert Donation.objects.count() == 2


def test_what_is_known_costs_no_more_than_what_is_new(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    promise = pledge(interval="month")
    rows = []
    for number in range(1, 21):
        agreement = f"I-AGREEMENT{number}"
        told_by_paypal(number, custom=promise.token, subscription_ref=agreement)
        row = payment(number, Custom_Number=promise.token, Reference_Txn_ID=agreement)
        rows.append(row | {"Type": "Subscription Payment", "Name": ""})
        told_by_paypal(100 + number)
        rows += [payment(100 + number, Name=""), payment(200 + number)]
    with django_assert_max_num_queries(80):
        report = imported(made(rows))
    assert (report.known, report.taken) == (40, 20)
    assert differences() == []


def test_attribution_is_never_replaced_by_a_blank() -> None:
    promise = pledge()
    told_by_paypal(1, custom=promise.token)
    imported(made([payment(1, From_Email_Address="", Name="")]))
    gift = Donation.objects.get()
    assert (gift.pledge, gift.payer_email) == (promise, "ana@example.org")


def test_what_contradicts_the_books_is_listed_and_the_rest_goes_on() -> None:
    told_by_paypal(1, gross=900)
    told_by_paypal(2, fee=10)
    report = imported(
        made(
            [
                payment(1),
                payment(2),
                payment(3),
                refund(4, of=3),
                refund(4, of=3, Gross="-9.66", Fee="0.00"),
            ]
        )
    )
    assert (report.taken, report.contradicting_count, report.known) == (2, 3, 0)
    assert [line for line, _why in report.contradicting] == [2, 3, 6]
    assert report.contradicting[0][1].startswith(f"differs: {txn(1)} 9.00")
    assert Donation.objects.get(gateway_ref=txn(2)).fee == Money(10, "EUR")
    kept = InboundEvent.objects.values_list("event_id", flat=True)
    assert sorted(name.split(":")[1] for name in kept) == [txn(3), txn(4)]


def test_a_refund_that_waited_may_contradict_too() -> None:
    rows = [refund(2, of=1), refund(2, of=1, Gross="-9.66", Fee="0.00"), payment(1)]
    report = imported(made(rows))
    assert (report.taken, report.waiting, report.contradicting_count) == (2, 0, 1)


def test_a_pledge_is_found_by_its_token_or_the_code_in_the_note() -> None:
    first, second = pledge(), pledge(fingerprint="g")
    rows = [
        payment(1, Custom_Number=first.token),
        payment(2, Note=f"for you: {second.code.lower()}"),
        payment(3, Custom_Number="nobody's"),
    ]
    imported(made(rows))
    found = Donation.objects.order_by("gateway_ref").values_list("pledge", flat=True)
    assert list(found) == [first.pk, second.pk, None]


def test_only_what_is_fresh_is_thanked_for() -> None:
    fresh = datetime(2026, 11, 21, 12, tzinfo=UTC)
    body = made([payment(1, Date="15/11/2026"), payment(2)])
    imported(body, at=fresh)
    assert [letter.key for letter in Message.objects.all()] == [f"thanks:paypal:{txn(2)}"]
