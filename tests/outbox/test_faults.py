"""A mail server that fails at each point, and what is then known about the message."""

import logging
import socket
import time
from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from donations.outbox import operations, queries, settling
from donations.outbox.models import Message
from tests.outbox.conftest import Queue
from tests.standins.smtp import Fault, SmtpStandin

pytestmark = pytest.mark.django_db
READER = "reader1@example.org"
State = Message.State


def after(fault: Fault, queue: Queue, smtp: SmtpStandin, at: datetime) -> Message:
    """Three messages, of which the middle one meets the fault; the others must arrive."""
    message = queue(1)
    queue(0, at=at - timedelta(minutes=1))
    queue(2, at=at + timedelta(minutes=1))
    smtp.fails(READER, fault)
    assert operations.send_due(at=at + timedelta(minutes=1)) == 2
    assert {"reader0@example.org", "reader2@example.org"} <= set(smtp.addresses())
    message.refresh_from_db()
    return message


@pytest.mark.parametrize(
    "fault",
    [
        Fault("rcpt", code=451),
        Fault("data", code=451),
        Fault("dot", code=451),
        Fault("rcpt", code=421),
        Fault("data", code=421),
        Fault("dot", code=421),
        Fault("rcpt"),
        Fault("data"),
    ],
)
def test_what_surely_did_not_arrive_is_tried_again(
    fault: Fault, queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    message = after(fault, queue, smtp, at)
    assert (message.state, message.smtp_code) == (State.PENDING, fault.code)
    assert message.next_attempt_at > at + timedelta(minutes=1)
    assert message.attempts == 1
    assert READER not in smtp.addresses()
    assert operations.send_due(at=at + timedelta(minutes=3)) == 1
    assert smtp.addresses().count(READER) == 1


@pytest.mark.parametrize("stage", ["rcpt", "data", "dot"])
def test_a_refusal_is_final_and_for_one_only(
    stage: str, queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    message = after(Fault(stage, code=550), queue, smtp, at)  # type: ignore[arg-type]
    assert (message.state, message.smtp_code) == (State.FAILED, 550)
    assert READER not in message.error
    assert "550" in message.error
    operations.sweep(at=at + timedelta(days=1))
    assert operations.send_due(at=at + timedelta(days=1)) == 0


@pytest.mark.parametrize("fault", [Fault("dot"), Fault("dot", seconds=2)])
def test_no_answer_after_the_final_dot_is_uncertain(
    fault: Fault, queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    message = after(fault, queue, smtp, at)
    assert message.state == State.UNCERTAIN
    assert message.attempted_at is not None
    assert READER in smtp.addresses(), "this one had arrived"


def test_uncertain_thanks_are_sent_again_under_the_same_id(
    queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    message = after(Fault("dot"), queue, smtp, at)
    operations.sweep(at=at + timedelta(minutes=2))
    assert operations.send_due(at=at + timedelta(minutes=2)) == 0, "not at once"
    operations.sweep(at=at + timedelta(minutes=10))
    assert operations.send_due(at=at + timedelta(minutes=10)) == 1
    copies = [received.body for received in smtp.received if received.to == READER]
    assert len(copies) == 2
    assert all(f"thanks.{message.token.hex}@".encode() in copy for copy in copies)
    message.refresh_from_db()
    assert (message.state, message.resends) == (State.SENT, 1)


def test_uncertain_thanks_are_not_sent_for_ever(
    queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    message = queue()
    smtp.fails(READER, *[Fault("dot")] * 20)
    for hour in range(10):
        operations.sweep(at=at + timedelta(hours=hour))
        operations.send_due(at=at + timedelta(hours=hour))
    message.refresh_from_db()
    assert (message.state, message.resends) == (State.UNCERTAIN, operations.MAX_RESENDS)
    assert len(smtp.received) == 1 + operations.MAX_RESENDS


def test_waits_grow_and_end(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = queue()
    smtp.fails(READER, *[Fault("rcpt", code=451)] * 50)
    waits, now = [], at
    while message.state == State.PENDING:
        operations.send_due(at=now)
        message.refresh_from_db()
        waits.append(message.next_attempt_at - now)
        now = message.next_attempt_at
    assert message.state == State.FAILED
    assert message.attempts == settling.MAX_TRIES
    assert waits[1] > timedelta(minutes=1.9)
    assert max(waits) < timedelta(hours=6, minutes=1)
    assert timedelta(days=1) < now - at < timedelta(days=3)


def test_a_slow_answer_within_its_time_is_waited_for(
    queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    message = queue()
    smtp.fails(READER, Fault("dot", seconds=0.1))
    assert operations.send_due(at=at) == 1
    message.refresh_from_db()
    assert message.state == State.SENT


def test_our_own_address_is_refused(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    """That is nobody's fault among the readers: nothing fails, and the run ends soon."""
    for number in range(8):
        queue(number)
    smtp.fails("support@footnote.test", *[Fault("mail", code=553)] * 50)
    assert operations.send_due(at=at) == 0
    assert queries.counts_by_state() == {State.PENDING: 8}
    assert Message.objects.filter(attempts=0).count() == 5


def test_no_mail_server(queue: Queue, settings: Settings, at: datetime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.EMAIL_BACKEND = "donations.outbox.backends.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    for number in range(3):
        queue(number)
    assert operations.send_due(at=at) == 0
    assert Message.objects.filter(state=State.PENDING, attempts=0, next_attempt_at=at).count() == 3


def test_a_server_that_closes_every_connection(
    queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    """Three in a row end the run; those that were not tried stay as they were."""
    for number in range(6):
        queue(number)
        smtp.fails(f"reader{number}@example.org", Fault("rcpt", code=421))
    begun = time.monotonic()
    assert operations.send_due(at=at) == 0
    assert time.monotonic() - begun > 0.9, "it slows down"
    assert Message.objects.filter(attempts=1).count() == 3
    assert Message.objects.filter(attempts=0, state=State.PENDING).count() == 3


def test_words_that_cannot_be_written(queue: Queue, at: datetime) -> None:
    broken = queue(1, context={"currency": "not a currency", "amount_minor": "x"})
    queue(2)
    assert operations.send_due(at=at) == 1
    broken.refresh_from_db()
    assert (broken.state, broken.attempts) == (State.PENDING, 1)
    assert broken.error
    Message.objects.filter(pk=broken.pk).update(attempts=settling.MAX_TRIES - 1)
    operations.send_due(at=at + timedelta(hours=1))
    broken.refresh_from_db()
    assert broken.state == State.FAILED
    assert [letter.to for letter in mail.outbox] == [["reader2@example.org"]]


def test_nobody_to_send_to(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = queue(to="")
    assert operations.send_due(at=at) == 0
    message.refresh_from_db()
    assert message.state == State.FAILED


def test_send_again(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = after(Fault("rcpt", code=550), queue, smtp, at)
    assert operations.send_again(message_id=message.pk, at=at)
    assert operations.send_due(at=at) == 1


def test_send_again_the_second_time(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = after(Fault("rcpt", code=550), queue, smtp, at)
    assert operations.send_again(message_id=message.pk, at=at)
    assert not operations.send_again(message_id=message.pk, at=at)
    operations.send_due(at=at)
    assert not operations.send_again(message_id=message.pk, at=at), "it was sent"


def test_no_address_and_no_token_in_the_log(
    queue: Queue, smtp: SmtpStandin, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    message = after(Fault("rcpt", code=550), queue, smtp, at)
    assert f"mail {message.pk}" in caplog.text
    assert "@" not in caplog.text
    assert message.token.hex not in caplog.text
