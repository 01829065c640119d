"""Whoever writes what totals are made of leaves a mark, by whatever door."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from donations.giving.models import Dispute, Donation, Refund, Subscription
from donations.giving.operations import record
from donations.recounts.counted import Counted
from donations.recounts.models import Recount
from donations.recounts.operations import About, recounting
from donations.supporters.models import Supporter
from tests.insights.rows import AT, donation, gift, subscription, supporter

pytestmark = pytest.mark.django_db
DAY = (About.DAY, AT.date().toordinal())


def marks() -> set[tuple[str, int]]:
    """What was left since the last look."""
    found = set(Recount.objects.values_list("about", "key"))
    Recount.objects.all().delete()
    return found


def test_a_new_gift_marks_its_day_and_its_supporter() -> None:
    ana = supporter("ana")
    marks()
    donation(supporter=ana)
    assert marks() == {DAY, (About.SUPPORTER, ana.pk)}


def test_a_change_of_supporter_marks_both() -> None:
    ana, ion = supporter("ana"), supporter("ion")
    given = donation(supporter=ana)
    marks()
    given.mark_attributed(supporter=ion)
    assert marks() >= {(About.SUPPORTER, ana.pk), (About.SUPPORTER, ion.pk)}


def test_a_change_after_a_refresh_marks_whom_it_was_of_last() -> None:
    ana, ion = supporter("ana"), supporter("ion")
    given = donation(supporter=None)
    Donation.objects.filter(pk=given.pk).update(supporter=ana)
    given.refresh_from_db()
    marks()
    given.mark_attributed(supporter=ion)
    assert (About.SUPPORTER, ana.pk) in marks()


def test_what_no_total_depends_on_leaves_none() -> None:
    given = donation()
    marks()
    given.learn_payment_ref("pi_later")
    given.mark_left_alone(is_left_alone=True)
    assert marks() == set()


def test_many_at_once_mark_each_day_and_person_once() -> None:
    ana = supporter("ana")
    marks()
    rows = [donation(supporter=ana, is_stored=False) for _each in range(3)]
    with CaptureQueriesContext(connection) as asked:
        Donation.objects.bulk_create(rows)
    assert marks() == {DAY, (About.SUPPORTER, ana.pk)}
    inserts = [each["sql"] for each in asked if "recount" in each["sql"]]
    assert len(inserts) == 1


def test_an_update_marks_what_they_were_and_what_they_are() -> None:
    ana, ion = supporter("ana"), supporter("ion")
    given = donation(supporter=ana)
    marks()
    Donation.objects.filter(pk=given.pk).update(supporter=ion)
    assert marks() >= {
        DAY,
        (About.DONATION, given.pk),
        (About.SUPPORTER, ana.pk),
        (About.SUPPORTER, ion.pk),
    }


def test_bulk_update_marks() -> None:
    given = donation()
    given.fee_minor, given.fee_currency = 5, "EUR"
    marks()
    Donation.objects.bulk_update([given], ["fee_minor", "fee_currency"])
    assert (About.DONATION, given.pk) in marks()


@pytest.mark.parametrize("is_many", [True, False])
def test_what_is_removed_marks_where_it_was(is_many: bool) -> None:
    ana = supporter("ana")
    given = donation(supporter=ana)
    marks()
    if is_many:
        Donation.objects.all().delete()
    else:
        given.delete()
    assert marks() == {DAY, (About.SUPPORTER, ana.pk)}


def test_a_refund_marks_its_day_and_its_donation() -> None:
    given = donation()
    marks()
    later = datetime(2026, 4, 1, 12, tzinfo=UTC)
    Refund.objects.create(
        gateway="stripe", gateway_ref="re_1", donation=given, amount_minor=100, currency="EUR",
        status="succeeded", refunded_at=later, observed_at=later,
    )  # fmt: skip
    assert marks() == {(About.DAY, later.date().toordinal()), (About.DONATION, given.pk)}


def test_an_agreement_marks_whose_it_is_and_when_it_is_due() -> None:
    ana = supporter("ana")
    marks()
    agreed = subscription(supporter=ana)
    assert agreed.period_end is not None
    due = (About.DUE_DAY, agreed.period_end.date().toordinal())
    assert marks() == {(About.SUPPORTER, ana.pk), due}
    agreed.mark_observed(cancel_at=AT)
    assert marks() == {(About.SUPPORTER, ana.pk), due}, "it is due no more"


def test_an_agreement_of_nobody_known_marks_itself() -> None:
    agreed = subscription(supporter=None, period_end=None)
    assert (About.AGREEMENT, agreed.pk) in marks()


def test_a_new_supporter_is_to_be_counted() -> None:
    assert marks() == set()
    ana = supporter("ana")
    assert marks() == {(About.SUPPORTER, ana.pk)}
    ana.name = "Ana"
    ana.save(update_fields=["name"])
    assert marks() == set()


def test_a_payment_costs_one_insert_for_its_marks() -> None:
    with CaptureQueriesContext(connection) as asked:
        record(fact=gift(), at=AT)
    assert len([each for each in asked if "recount" in each["sql"]]) == 1


def test_marks_are_gathered_by_the_outermost() -> None:
    with recounting():
        with recounting():
            supporter("ana")
        assert not Recount.objects.exists()
        supporter("ion")
    assert len(marks()) == 2


def test_what_is_rolled_back_leaves_no_mark() -> None:
    def fail() -> None:
        supporter("ana")
        raise ZeroDivisionError

    for kept_together in (recounting, transaction.atomic):
        with pytest.raises(ZeroDivisionError):
            kept_together()(fail)()
    assert marks() == set()
    supporter("vera")
    assert len(marks()) == 1, "the next one is not lost with it"


@pytest.mark.parametrize("model", [Donation, Refund, Dispute, Subscription, Supporter])
def test_the_columns_that_are_named_exist(model: type[Counted]) -> None:
    columns = model._meta.concrete_fields
    assert {field.attname for field in columns} >= set(model.WATCHED)
    assert {field.name for field in columns} >= model.UNCOUNTED
