"""PayPal tells several things at the same moment, and staff decide meanwhile: no deadlock."""

import random
from collections.abc import Callable
from functools import partial

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from donations.giving import operations as giving
from donations.giving.models import Attribution, Donation, Pledge, Subscription
from donations.outbox.models import Message
from donations.supporters.models import Supporter
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import process, replay_all
from donations.webhooks.queries import replayable
from tests.paypalroom import PROMISED_AT, PayPalRoom, sample
from tests.services.together import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 20


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


def told(room: PayPalRoom, name: str, **changes: str) -> int:
    """A message that is stored and not yet understood."""
    body = room.paypal.sign(sample(name, **changes))
    assert room.post(body) == 200
    return InboundEvent.objects.latest("pk").pk


def understood(event_id: int) -> Callable[[], object]:
    """What a worker does with it."""
    return partial(process, event_id=event_id, at=timezone.now())


def assert_only_early() -> None:
    """What was not understood at once only came too early."""
    errors = InboundEvent.objects.exclude(error="").values_list("error", flat=True)
    assert [error for error in errors if not error.startswith("NotYetKnown")] == []


def test_two_messages_about_one_payment(paypal_room: PayPalRoom) -> None:
    for number in range(ROUNDS):
        paypal_room.promise(f"don-{number}")
        same = {"txn_id": f"4AB{number:05}XX0000001", "custom": f"don-{number}"}
        events = [
            told(paypal_room, "donate_completed", **same),
            told(paypal_room, "donate_completed", **same, resend="true"),
            told(
                paypal_room,
                "refund_full",
                txn_id=f"4AB{number:05}XX0000002",
                parent_txn_id=same["txn_id"],
            ),
        ]
        at_once(*map(understood, random.sample(events, 3)))
    assert_only_early()
    paypal_room.settle()

    assert Donation.objects.count() == ROUNDS
    assert Message.objects.count() == ROUNDS
    assert paypal_room.balance()["income:refunds"] == ROUNDS * 1000
    paypal_room.check_books()


def test_all_messages_of_an_agreement(paypal_room: PayPalRoom) -> None:
    for number in range(ROUNDS):
        token, old, new = f"pledge-{number}", f"S-{number:017}", f"I-{number:012}"
        paypal_room.promise(token, interval="month", amount_minor=500)
        of_old = {"custom": token, "subscr_id": old}
        of_new = {"custom": token, "subscr_id": new}
        events = [
            told(paypal_room, "subscr_signup", **of_old),
            told(paypal_room, "subscr_payment_1", **of_old, txn_id=f"4AB{number:05}XX0000001"),
            told(paypal_room, "subscr_payment_2", **of_new, txn_id=f"4AB{number:05}XX0000002"),
            told(paypal_room, "subscr_modify", **of_new, old_subscr_id=old),
        ]
        at_once(*map(understood, random.sample(events, 4)))
    paypal_room.settle()

    assert paypal_room.waiting() == []
    assert Subscription.objects.count() == ROUNDS
    assert Donation.objects.exclude(pledge=None).count() == 2 * ROUNDS
    assert Donation.objects.filter(is_first=True).count() == ROUNDS
    paypal_room.check_books()


def test_staff_decide_while_paypal_tells(paypal_room: PayPalRoom) -> None:
    """Whoever is last, what PayPal said is found again when it is understood again."""
    ion = Supporter.objects.create(email="ion@x.org", language="ro", created_at=PROMISED_AT)
    for number in range(ROUNDS):
        pledge = paypal_room.promise(f"don-{number}")
        ref = f"4AB{number:05}XX0000001"
        process(
            event_id=told(paypal_room, "donate_completed", txn_id=ref, custom=""),
            at=timezone.now(),
        )
        gift = Donation.objects.get(gateway_ref=ref)
        again = told(paypal_room, "donate_completed", txn_id=ref, custom=f"don-{number}")
        at_once(
            understood(again),
            partial(attached, gift, ion),
            partial(pledged, gift, pledge),
        )
    assert_only_early()
    assert replay_all(event_ids=replayable(), at=timezone.now()) == []

    assert Donation.objects.exclude(pledge=None).exclude(supporter=None).count() == ROUNDS
    assert Attribution.objects.count() <= 2 * ROUNDS
    paypal_room.check_books()


def attached(gift: Donation, supporter: Supporter) -> object:
    """One member of staff."""
    try:
        return giving.attach(donation=gift, supporter=supporter, by=None, at=timezone.now())
    except giving.AlreadyAttributed:
        return None


def pledged(gift: Donation, pledge: Pledge) -> object:
    """Another one, who takes it back at once."""
    try:
        decision = giving.attach_to_pledge(donation=gift, pledge=pledge, by=None, at=timezone.now())
        return giving.undo(attribution=decision, by=None, at=timezone.now())
    except (giving.AlreadyAttributed, giving.CannotUndo):
        return None
    except OperationalError as error:
        pytest.fail(str(error))
