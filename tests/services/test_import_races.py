"""An activity file while others tell of the same payments: every gift once, and no deadlock."""

import random
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction

from donations.gateways.paypal.activity import Row, facts_of_row
from donations.giving import operations as giving
from donations.giving.models import Donation, Refund, Subscription
from donations.ledger.models import Posting
from donations.reconciliation.rebuild import differences
from donations.webhooks.operations import process_due
from tests.gateways.activity import made, payment, taken, understood
from tests.reconciliation.activity import AT, imported, refund
from tests.services.together import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 8
GIFTS = 30


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


def file_of(number: int) -> bytes:
    """Gifts, some of them instalments, some of them given back; no two rounds share any."""
    begin = number * 1000
    rows = []
    for each in range(begin, begin + GIFTS):
        rows.append(payment(each))
        if each % 3 == 0:
            rows[-1] |= {"Type": "Subscription Payment", "Reference Txn ID": f"I-ROUND{number}"}
        if each % 5 == 0:
            rows.append(refund(each + 500, of=each))
    return made(rows)


def told_by_paypal(body: bytes) -> None:
    """PayPal's own messages about every payment, in any order; a worker tries again."""
    rows = [row for row in taken(understood(body)) if row.is_payment]
    for row in random.sample(rows, len(rows)):
        while not is_recorded(row):
            pass


def is_recorded(row: Row) -> bool:
    """All facts of a message in one transaction, as its worker does it."""
    try:
        with transaction.atomic():
            for fact in facts_of_row(row):
                giving.record(fact=fact, at=AT)
    except OperationalError:
        return False
    return True


def test_two_people_import_the_same_file() -> None:
    for number in range(ROUNDS):
        body = file_of(number)
        first, second = at_once(partial(imported, body), partial(imported, body))
        assert {first.taken, second.taken} == {GIFTS + GIFTS // 5, 0}
    assert_once_each()


def test_paypal_tells_while_the_file_is_imported() -> None:
    for number in range(ROUNDS):
        body = file_of(number)
        at_once(partial(imported, body), partial(told_by_paypal, body))
    process_due(at=AT)
    assert_once_each()


def assert_once_each() -> None:
    """One row for each thing, all of them explained."""
    assert Donation.objects.count() == ROUNDS * GIFTS
    assert Refund.objects.count() == ROUNDS * GIFTS // 5
    assert Subscription.objects.count() == ROUNDS
    assert Donation.objects.filter(is_first=True).count() == ROUNDS
    assert Posting.objects.filter(reference__endswith=":fee").count() == ROUNDS * GIFTS * 6 // 5
    assert differences() == []
