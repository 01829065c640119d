"""Leases that ran out, and workers who come back late."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.core import mail

from donations.outbox import operations
from donations.outbox.models import Message
from donations.outbox.settling import RESEND_AFTER
from tests.outbox.conftest import Queue

pytestmark = pytest.mark.django_db
LEASE = timedelta(minutes=2)
State = Message.State


def claimed(message: Message, at: datetime) -> uuid.UUID:
    """As a run that took the message and then was lost."""
    claim = uuid.uuid4()
    Message.objects.filter(pk=message.pk).mark_claimed(claim=claim, lease_until=at + LEASE)
    return claim


def attempted(message: Message, claim: uuid.UUID, at: datetime) -> bool:
    return Message.objects.mark_attempted(pk=message.pk, claim=claim, at=at, lease=LEASE)


def test_never_on_the_wire_goes_back(queue: Queue, at: datetime) -> None:
    message = queue()
    claimed(message, at)
    operations.sweep(at=at + LEASE * 2)
    assert operations.send_due(at=at + LEASE * 2) == 1
    message.refresh_from_db()
    assert (message.state, message.resends, message.attempts) == (State.SENT, 0, 1)


def test_on_the_wire_is_uncertain_and_later_sent_again(queue: Queue, at: datetime) -> None:
    message = queue()
    attempted(message, claimed(message, at), at)
    operations.sweep(at=at + LEASE * 2)
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN
    operations.sweep(at=at + LEASE * 2 + RESEND_AFTER)
    message.refresh_from_db()
    assert (message.state, message.resends) == (State.PENDING, 1)


def test_a_lease_that_lasts_is_left_alone(queue: Queue, at: datetime) -> None:
    message = queue()
    claimed(message, at)
    operations.sweep(at=at + LEASE / 2)
    assert operations.send_due(at=at + LEASE / 2) == 0
    message.refresh_from_db()
    assert message.state == State.CLAIMED


def test_sweep_the_second_time(queue: Queue, at: datetime) -> None:
    message = queue()
    attempted(message, claimed(message, at), at)
    later = at + LEASE * 2
    operations.sweep(at=later)
    operations.sweep(at=later)
    message.refresh_from_db()
    assert (message.state, message.next_attempt_at) == (
        State.UNCERTAIN,
        later + RESEND_AFTER,
    )


def test_a_worker_whose_lease_was_taken_sends_nothing(queue: Queue, at: datetime) -> None:
    message = queue()
    slow = claimed(message, at)
    operations.sweep(at=at + LEASE * 2)
    assert not attempted(message, slow, at)
    operations.send_due(at=at + LEASE * 2)
    assert not attempted(message, slow, at)
    assert len(mail.outbox) == 1


def test_one_write_marks_two(queue: Queue, at: datetime) -> None:
    first, second = queue(1), queue(2)
    claim = uuid.uuid4()
    Message.objects.all().mark_claimed(claim=claim, lease_until=at + LEASE)
    attempted(first, claim, at)
    later = at + timedelta(seconds=1)
    assert Message.objects.mark_sent_and_attempted(
        sent=first.pk, pk=second.pk, claim=claim, at=later, lease=LEASE
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.sent_at, first.attempted_at) == (State.SENT, later, at)
    assert (first.attempts, second.attempts) == (1, 1)
    assert (second.state, second.sent_at, second.attempted_at) == (State.CLAIMED, None, later)
    assert second.lease_until == later + LEASE


def test_one_write_marks_the_sent_one_also_when_the_next_was_taken(
    queue: Queue, at: datetime
) -> None:
    first, second = queue(1), queue(2)
    claim = uuid.uuid4()
    Message.objects.all().mark_claimed(claim=claim, lease_until=at + LEASE)
    attempted(first, claim, at)
    Message.objects.filter(pk=second.pk).mark_pending()
    assert not Message.objects.mark_sent_and_attempted(
        sent=first.pk, pk=second.pk, claim=claim, at=at, lease=LEASE
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.SENT, State.PENDING)


def test_one_write_starts_the_next_also_when_the_sent_one_was_taken(
    queue: Queue, at: datetime
) -> None:
    first, second = queue(1), queue(2)
    claim = uuid.uuid4()
    Message.objects.all().mark_claimed(claim=claim, lease_until=at + LEASE)
    Message.objects.filter(pk=first.pk).mark_pending()
    assert Message.objects.mark_sent_and_attempted(
        sent=first.pk, pk=second.pk, claim=claim, at=at, lease=LEASE
    )


def test_who_knows_that_it_was_sent_may_say_so_late(queue: Queue, at: datetime) -> None:
    message = queue()
    claim = claimed(message, at)
    attempted(message, claim, at)
    operations.sweep(at=at + LEASE * 2)
    assert Message.objects.attempted(message.pk, claim).mark_sent(at=at + LEASE * 3) == 1
    operations.sweep(at=at + LEASE * 10)
    assert operations.send_due(at=at + LEASE * 10) == 0
