"""The states a message goes through when nothing goes wrong."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from donations.outbox import operations, queries
from donations.outbox.models import Message
from tests.outbox.conftest import Queue
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db


def test_it_works(queue: Queue, at: datetime) -> None:
    message = queue()
    assert message.state == Message.State.PENDING
    assert operations.send_due(at=at) == 1
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert message.sent_at is not None
    assert message.attempts == 1
    assert mail.outbox[0].to == ["reader1@example.org"]


def test_it_works_over_smtp(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    for number in range(120):
        queue(number)
    assert operations.send_due(at=at) == 120
    assert smtp.addresses() == [f"reader{number}@example.org" for number in range(120)]
    assert smtp.connections == 2, "a new connection after a hundred messages"
    assert queries.counts_by_state() == {Message.State.SENT: 120}


def test_queue_the_second_time(queue: Queue) -> None:
    first = queue()
    assert queue(language="ro", to="other@example.org") == first
    assert Message.objects.get().to == "reader1@example.org"


def test_send_due_the_second_time(queue: Queue, at: datetime) -> None:
    queue()
    operations.send_due(at=at)
    assert operations.send_due(at=at) == 0
    assert len(mail.outbox) == 1


def test_a_message_waits_for_its_time(queue: Queue, at: datetime) -> None:
    queue(at=at + timedelta(hours=1))
    assert not queries.is_anything_due(at=at)
    assert operations.send_due(at=at) == 0
    assert queries.is_anything_due(at=at + timedelta(hours=1))


def test_the_oldest_goes_first(queue: Queue, at: datetime) -> None:
    queue(1, at=at)
    queue(2, at=at - timedelta(hours=1))
    operations.send_due(at=at)
    assert [letter.to[0][:7] for letter in mail.outbox] == ["reader2", "reader1"]


def test_the_limit(queue: Queue, at: datetime) -> None:
    for number in range(5):
        queue(number)
    assert operations.send_due(at=at, limit=3) == 3
    assert queries.counts_by_state() == {Message.State.SENT: 3, Message.State.PENDING: 2}


def test_no_time_left(queue: Queue, at: datetime) -> None:
    queue()
    assert operations.send_due(at=at, seconds=-1) == 0
    assert Message.objects.get().state == Message.State.PENDING


def test_a_shutdown_gives_back_what_was_not_begun(queue: Queue, at: datetime) -> None:
    for number in range(5):
        queue(number)
    assert operations.send_due(at=at, should_stop=lambda: len(mail.outbox) >= 2) == 2
    assert queries.counts_by_state() == {Message.State.SENT: 2, Message.State.PENDING: 3}
    assert not Message.objects.filter(state="pending").exclude(claim=None, attempts=0).exists()


def test_a_language_that_nobody_speaks_becomes_the_default(queue: Queue) -> None:
    assert queue(1, language="tlh").language == "en"
    assert queue(2, language="ro-MD").language == "ro"


def test_counts_by_state_of_nothing() -> None:
    assert queries.counts_by_state() == {}
