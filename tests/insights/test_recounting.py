"""What was marked is counted again; a second time, or beside another, nothing happens."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from donations import tasks
from donations.giving.models import Refund, Subscription
from donations.giving.operations import attach, record, undo
from donations.insights import queries
from donations.insights.checking import differences
from donations.insights.models import Movement, Standing, SupporterTotal, Tally
from donations.insights.operations import rebuild, recount_due
from donations.recounts.models import Recount
from donations.supporters.models import Supporter
from tests.insights.rows import AT, DAY, donation, gift, subscription, supporter

pytestmark = pytest.mark.django_db
MARCH = {"first": AT.date().replace(day=1), "last": AT.date().replace(day=31)}


@pytest.fixture(autouse=True)
def _counted_once() -> None:
    """Otherwise the first recount would be a rebuilding."""
    rebuild(at=timezone.now())


def recount() -> int:
    return recount_due(at=timezone.now())


def test_a_gift_is_counted() -> None:
    record(fact=gift(), at=AT)
    recount()
    assert queries.received(currency="EUR", **MARCH).gross_minor == 1000
    assert differences(at=timezone.now()) == []


def test_the_second_time_nothing_is_left_to_count() -> None:
    record(fact=gift(), at=AT)
    assert recount() > 0
    assert recount() == 0
    assert queries.received(currency="EUR", **MARCH).gross_minor == 1000


def test_a_refund_counts_on_its_own_day() -> None:
    given = donation()
    Refund.objects.create(
        gateway="stripe", gateway_ref="re", donation=given, amount_minor=400, currency="EUR",
        status="succeeded", refunded_at=AT + 40 * DAY, observed_at=AT,
    )  # fmt: skip
    recount()
    assert queries.received(currency="EUR", **MARCH).net_minor == 1000
    april = queries.received(currency="EUR", first=MARCH["last"], last=MARCH["last"] + 30 * DAY)
    assert (april.gross_minor, april.returned_minor, april.net_minor) == (0, 400, -400)


def test_a_refund_that_fails_came_back_to_us() -> None:
    given = donation()
    refund = Refund.objects.create(
        gateway="stripe", gateway_ref="re", donation=given, amount_minor=400, currency="EUR",
        status="pending", refunded_at=AT, observed_at=AT,
    )  # fmt: skip
    recount()
    assert queries.received(currency="EUR", **MARCH).returned_minor == 400
    refund.mark_observed(status="failed", at=AT + DAY)
    recount()
    assert queries.received(currency="EUR", **MARCH).returned_minor == 0


def test_whose_a_gift_is_moves_with_the_decision_and_back() -> None:
    ana, given = supporter("ana"), donation()
    recount()
    assert not SupporterTotal.objects.exists()
    decision = attach(donation=given, supporter=ana, by=None, at=AT + DAY)
    recount()
    assert SupporterTotal.objects.get().given_minor == 1000
    assert Standing.objects.get(supporter=ana).kind == "once"
    undo(attribution=decision, by=None, at=AT + DAY)
    recount()
    assert not SupporterTotal.objects.exists()
    assert Standing.objects.get(supporter=ana).kind == "none"


def test_an_agreement_that_is_taken_from_somebody_who_is_removed() -> None:
    """The day's total must not keep what no person has any more."""
    ana = supporter("ana")
    agreed = subscription(supporter=ana, told=((AT, "active", 1000),))
    recount()
    agreed.mark_supported(supporter=None)
    ana.delete()
    recount()
    assert not Movement.objects.filter(supporter__isnull=False).exists()
    assert queries.mrr(currency="EUR", on=AT.date()).supporters == 1
    assert differences(at=timezone.now()) == []


def test_a_row_that_was_the_same_agreement() -> None:
    subscription(supporter=None, told=((AT, "active", 1000),))
    other = subscription(supporter=None, told=((AT, "active", 1000),))
    recount()
    other.delete()
    recount()
    assert queries.mrr(currency="EUR", on=AT.date()).money.minor == 1000


def test_a_supporter_without_a_gift_has_a_standing() -> None:
    ana = supporter("ana")
    recount()
    assert Standing.objects.get(supporter=ana).latest_at == ana.created_at


@pytest.mark.parametrize(
    ("states", "kind"),
    [
        (("active",), "regular"),
        (("active", "past_due"), "troubled"),
        (("paused", "canceled"), "paused"),
        (("canceled",), "lapsed"),
        (("incomplete",), "once"),
    ],
)
def test_how_somebody_stands(states: tuple[str, ...], kind: str) -> None:
    ana = supporter("ana")
    donation(supporter=ana)
    for state in states:
        subscription(supporter=ana, status=state)
    recount()
    assert Standing.objects.get(supporter=ana).kind == kind


def test_another_time_zone_is_counted_from_nothing(settings: Settings) -> None:
    donation(received_at=AT.replace(hour=23))
    recount()
    assert queries.received(currency="EUR", first=AT.date(), last=AT.date()).gifts == 1
    settings.TIME_ZONE = "Europe/Chisinau"
    recount()
    assert queries.received(currency="EUR", first=AT.date(), last=AT.date()).gifts == 0
    assert Tally.objects.get().zone == "Europe/Chisinau"


def test_many_payments_in_a_row_are_counted_together() -> None:
    now = timezone.now()
    recount_due(at=now)
    donation()
    assert recount_due(at=now, rest=timedelta(seconds=5)) == 0
    assert queries.freshness() == now
    assert recount_due(at=now + timedelta(seconds=6), rest=timedelta(seconds=5)) > 0


def test_a_renewal_changes_no_movement() -> None:
    agreed = subscription(supporter=supporter("ana"), told=((AT, "active", 1000),))
    recount()
    before = list(Movement.objects.values_list("pk", flat=True))
    agreed.mark_observed(status="active", period_end=AT + 62 * DAY)
    with CaptureQueriesContext(connection) as asked:
        recount()
    assert list(Movement.objects.values_list("pk", flat=True)) == before
    assert not [each for each in asked if 'INTO "donations_movementtotal"' in each["sql"]]


def test_more_marks_than_a_batch_takes_are_all_drained() -> None:
    Recount.objects.bulk_create(Recount(about="supporter", key=number) for number in range(4500))
    donation()
    assert recount() > 4500
    assert not Recount.objects.exists()


def test_a_mark_of_what_is_gone_harms_nobody() -> None:
    for about in Recount.About:
        Recount.objects.create(about=about, key=735_000)
    assert recount() == len(Recount.About)
    assert differences(at=timezone.now()) == []
    assert Supporter.objects.count() == Subscription.objects.count() == 0


def test_the_task_counts_what_came_and_rests_after_it() -> None:
    Tally.objects.update(counted_at=timezone.now() - timedelta(minutes=1))
    donation()
    tasks.recount()
    assert queries.received(currency="EUR", **MARCH).gifts == 1
    donation()
    tasks.recount()
    assert queries.received(currency="EUR", **MARCH).gifts == 1, "in a few seconds"
    Tally.objects.update(counted_at=timezone.now() - timedelta(minutes=1))
    tasks.recount()
    assert queries.received(currency="EUR", **MARCH).gifts == 2
