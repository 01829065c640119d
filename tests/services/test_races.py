"""Two workers at the same thing: one donation, one posting, one letter, and no deadlock."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from donations.gateways.events import PaymentReceived
from donations.gateways.registry import gateway_named
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.ledger.models import Posting
from donations.money import Money
from donations.outbox.models import Message
from donations.supporters.models import Supporter
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import process
from tests.newsroom import Newsroom
from tests.services.together import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 50


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


def paid(newsroom: Newsroom, number: int, **changes: Any) -> list[dict[str, Any]]:
    """A gift of reader `number` whose events nobody has told yet."""
    session = newsroom.begin(email=f"reader{number}@example.org", **changes)
    newsroom.stripe.pay(session)
    return newsroom.untold()


def stored(newsroom: Newsroom, events: list[dict[str, Any]]) -> list[InboundEvent]:
    """The events, told and not yet understood."""
    assert {newsroom.post(event) for event in events} == {200}
    names = [event["id"] for event in events]
    return list(InboundEvent.objects.filter(event_id__in=names).order_by("pk"))


def understood(event: InboundEvent) -> Callable[[], bool]:
    """What a worker does with it."""
    return partial(process, event_id=event.pk, at=timezone.now())


def of_kind(events: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The event of a kind."""
    return next(event for event in events if event["type"] == kind)


def assert_once_each(count: int) -> None:
    """As many donations, letters, and payments in the books."""
    assert Donation.objects.count() == count
    assert Message.objects.count() == count
    references = [str(donation) for donation in Donation.objects.all()]
    assert Posting.objects.filter(reference__in=references).count() == count


def assert_only_early() -> None:
    """What was not understood at once only came too early."""
    errors = InboundEvent.objects.exclude(error="").values_list("error", flat=True)
    assert [error for error in errors if not error.startswith("NotYetKnown")] == []


def test_the_same_event_at_two_workers(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        told = of_kind(paid(newsroom, number), "checkout.session.completed")
        [event] = stored(newsroom, [told])
        assert sorted(at_once(understood(event), understood(event))) == [False, True]
    assert_once_each(ROUNDS)
    newsroom.check_books()


def test_the_same_facts_at_a_worker_whose_lease_ran_out(newsroom: Newsroom) -> None:
    def written(event: InboundEvent) -> None:
        at = timezone.now()
        facts = gateway_named("stripe").parse(
            kind=event.kind, body=bytes(event.body), at=at, received_at=event.received_at
        )
        with transaction.atomic():
            for fact in facts:
                giving.record(fact=fact, at=at)

    for number in range(ROUNDS):
        told = of_kind(paid(newsroom, number), "checkout.session.completed")
        [event] = stored(newsroom, [told])
        at_once(partial(written, event), partial(written, event))
    assert_once_each(ROUNDS)


def test_two_events_about_one_payment(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        told = of_kind(paid(newsroom, number), "checkout.session.completed")
        session = told["data"]["object"]
        again = newsroom.stripe.emit("checkout.session.async_payment_succeeded", session)
        events = stored(newsroom, [told, again])
        assert at_once(*map(understood, events)) == [True, True]
    assert_once_each(ROUNDS)
    newsroom.check_books()


def test_all_events_of_a_beginning_subscription(newsroom: Newsroom) -> None:
    for number in range(ROUNDS):
        events = stored(newsroom, paid(newsroom, number, interval="month"))
        random.shuffle(events)
        at_once(*(understood(event) for event in events))
    assert_only_early()
    newsroom.settle()
    assert newsroom.waiting() == []
    assert_once_each(ROUNDS)
    newsroom.check_books()


def test_all_events_of_money_that_goes_back(newsroom: Newsroom) -> None:
    for number in range(ROUNDS // 2):
        pledge = newsroom.give(email=f"reader{number}@example.org")
        payment = newsroom.payment(pledge)
        newsroom.stripe.refund(payment, 300)
        newsroom.stripe.refund(payment, 200)
        newsroom.stripe.close_dispute(newsroom.stripe.open_dispute(payment, 500))
        events = stored(newsroom, newsroom.untold())
        random.shuffle(events)
        at_once(*(understood(event) for event in events))
    assert_only_early()
    newsroom.settle()
    assert newsroom.waiting() == []
    newsroom.check_books()


def test_payments_that_no_pledge_announced(newsroom: Newsroom) -> None:
    moment = timezone.now()
    for number in range(ROUNDS):
        facts = [
            PaymentReceived(
                gateway="stripe",
                ref=f"pi_{number}_{which}",
                payment_ref=f"pi_{number}_{which}",
                money=Money(1000, "EUR"),
                received_at=moment - timedelta(days=1),
                pledge_token="",
                payer_email=f"stranger{number}@example.org",
                payer_name="",
                is_complete=True,
            )
            for which in (1, 2, 1, 2)
        ]
        at_once(*(partial(giving.record, fact=fact, at=moment) for fact in facts))
    assert Donation.objects.count() == Posting.objects.count() == 2 * ROUNDS
    assert not Supporter.objects.exists(), "an address alone is a guess"
    assert_once_each(2 * ROUNDS)
