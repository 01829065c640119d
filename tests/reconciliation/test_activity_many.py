"""Many rows at once write exactly what one by one would, however they are ordered and divided."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.giving.models import Donation, Subscription
from donations.outbox.models import Message
from donations.reconciliation.rebuild import differences
from donations.webhooks.operations import process_due
from tests.gateways.activity import made, many, payment, txn
from tests.reconciliation.activity import AT, imported, one_by_one, pledge, refund, tables

pytestmark = pytest.mark.django_db


def instalment(number: int, day: int, agreement: str = "I-ABCDE1234567") -> dict[str, str]:
    """Money of an agreement on a day of November."""
    return payment(
        number, Type="Subscription Payment", Date=f"{day:02d}.11.2026", Reference_Txn_ID=agreement,
        Gross=f"{number}.00", Fee="0.00", Net=f"{number}.00",
    )  # fmt: skip


def exchange(number: int, of: int, sold: str, bought: str) -> list[dict[str, str]]:
    """The two lines of a conversion."""
    fields = {"Type": "General Currency Conversion", "Fee": "", "Net": "", "Date": "21.11.2026"}
    row = fields | {"Reference_Txn_ID": txn(of)}
    return [
        payment(number, **row, Gross=sold, Currency="PLN"),
        payment(number + 1, **row, Gross=bought, Currency="EUR"),
    ]


ROWS = [
    payment(1, Date="20.11.2026"),
    payment(2, Date="20.11.2026", Currency="PLN", Fee="0.00", Net="10.00", Note="with thanks"),
    payment(3, Date="20.11.2026", Fee="...", Net="...", Country_Code="MD"),
    *exchange(4, 2, "-10.00", "2.20"),
    instalment(6, 7),
    instalment(7, 8),
    instalment(8, 9),
    instalment(9, 9, "S-0AB12345CD678901E"),
    refund(10, of=1, Date="21.11.2026"),
    refund(11, of=2, Date="21.11.2026", Currency="PLN"),
    *exchange(12, 11, "9.66", "-2.15"),
    payment(
        14,
        Date="21.11.2026",
        Type="Chargeback",
        Gross="-10.00",
        Fee="",
        Net="",
        Reference_Txn_ID=txn(3),
    ),
]


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.permutations(ROWS), cut=st.integers(1, len(ROWS) - 1))
def test_any_order_in_one_file_or_two(rows: list[dict[str, str]], cut: int) -> None:
    for files in ([made(rows)], [made(rows[:cut]), made(rows[cut:])]):
        expected = one_by_one(*files)
        with transaction.atomic():
            for file in files:
                imported(file)
            process_due(at=AT)
            assert tables() == expected
            assert differences() == []
            transaction.set_rollback(True)
        assert len(expected["donations"]) == 7


def test_many_of_them() -> None:
    body = made(many(60))
    expected = one_by_one(body)
    assert imported(body).taken == 60
    assert tables() == expected
    assert Message.objects.count() == 0


def agreement(**fields: Any) -> Subscription:
    """One that PayPal told of."""
    began = AT - timedelta(days=99)
    return Subscription.objects.create(
        gateway="paypal", status="active", amount_minor=700, currency="EUR", interval="month",
        observed_at=began, created_at=began, **fields,
    )  # fmt: skip


def test_instalments_of_a_pledge_are_credited_to_it() -> None:
    promise = pledge(interval="month")
    agreement(gateway_ref="I-ABCDE1234567", pledge=promise)
    imported(made([instalment(6, 7), instalment(7, 8), payment(1)]))
    assert Donation.objects.filter(pledge=promise).count() == 2
    assert Donation.objects.filter(is_first=True).get().gateway_ref == txn(6)


def test_instalments_of_an_agreement_that_was_renamed() -> None:
    renamed = agreement(gateway_ref="I-NEWNAME", old_ref="S-0AB12345CD678901E")
    imported(made([instalment(9, 9, "S-0AB12345CD678901E"), instalment(8, 8, "I-NEWNAME")]))
    assert Donation.objects.filter(subscription=renamed).count() == 2
    assert Subscription.objects.count() == 1


def test_an_earlier_instalment_becomes_the_first() -> None:
    imported(made([instalment(7, 8), instalment(8, 9)]))
    imported(made([instalment(6, 7)]), at=AT + timedelta(days=1))
    assert Donation.objects.get(is_first=True).gateway_ref == txn(6)
    assert Subscription.objects.get().amount_minor == 800
