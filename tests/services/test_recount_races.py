"""Several count at once while payments arrive: no total is wrong and none is lost."""

from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from donations.giving import operations as giving
from donations.insights.checking import differences
from donations.insights.models import DayTotal, Tally
from donations.insights.operations import rebuild, recount_due
from donations.recounts.models import Recount
from tests.insights.rows import AT, donation, gift
from tests.services.together import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS, PAYERS, COUNTERS = 15, 4, 3


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")
    rebuild(at=timezone.now())


def pay() -> None:
    giving.record(fact=gift(payer_email="ana@example.org"), at=timezone.now())


def count() -> None:
    recount_due(at=timezone.now())


def counted() -> int:
    return sum(DayTotal.objects.filter(dimension="all").values_list("once", flat=True))


def test_several_count_while_payments_arrive() -> None:
    for _round in range(ROUNDS):
        at_once(*[pay] * PAYERS, *[count] * COUNTERS)
    count()
    assert counted() == ROUNDS * PAYERS
    assert not Recount.objects.exists()
    assert differences(at=timezone.now()) == []


def test_everything_is_counted_anew_while_payments_arrive() -> None:
    for _round in range(ROUNDS):
        at_once(*[pay] * PAYERS, count, partial(rebuild, at=timezone.now()))
    count()
    assert counted() == ROUNDS * PAYERS
    assert differences(at=timezone.now()) == []


def test_what_is_committed_after_its_day_was_counted_is_counted_next() -> None:
    with transaction.atomic():
        donation(received_at=AT)
        at_once(count)
        assert counted() == 0, "nobody sees it yet"
    count()
    assert counted() == 1


def test_who_finds_somebody_counting_leaves_it_to_them() -> None:
    donation()
    with transaction.atomic():
        Tally.objects.select_for_update().get()
        assert at_once(partial(recount_due, at=timezone.now())) == [0]
    assert recount_due(at=timezone.now()) > 0


def test_the_totals_are_compared_while_somebody_counts() -> None:
    for _round in range(5):
        found = at_once(pay, count, partial(differences, at=timezone.now()))
        assert found[2] == []
