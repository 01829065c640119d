"""An address that a server calls dead is written to no more; a refusal for other reasons is not."""

from datetime import datetime, timedelta

import pytest

from donations.outbox import operations
from donations.outbox.models import Message, Suppression
from donations.outbox.suppressing import lift, suppress
from tests.outbox.conftest import Queue
from tests.standins.smtp import Fault, SmtpStandin

pytestmark = pytest.mark.django_db
READER = "reader1@example.org"
GONE = Fault("rcpt", code=550, words="5.1.1 no such mailbox")


def test_it_works(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = queue()
    smtp.fails(READER, GONE)
    assert operations.send_due(at=at) == 0
    message.refresh_from_db()
    assert message.state == Message.State.FAILED
    left_alone = Suppression.objects.get()
    assert (left_alone.email, left_alone.reason) == (READER, Suppression.Reason.BOUNCED)
    assert (left_alone.source, left_alone.detail) == (
        "smtp",
        "5.1.1 no such mailbox for <address>",
    )


def test_not_even_a_receipt_is_sent_there(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    queue()
    smtp.fails(READER, GONE)
    operations.send_due(at=at)
    queue(key="receipt:2", kind=Message.Kind.RECEIPT, to=READER.upper())
    assert operations.send_due(at=at) == 0
    assert smtp.addresses() == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault("rcpt", code=550, words="5.7.1 we do not like your mail"),
        Fault("rcpt", code=552, words="5.2.2 the mailbox is full"),
        Fault("rcpt", code=550, words="no such user"),
        Fault("dot", code=550, words="5.1.1 said to the text"),
        Fault("rcpt", code=450, words="4.1.1 later"),
    ],
)
def test_any_other_refusal_is_about_one_mail(
    fault: Fault, queue: Queue, smtp: SmtpStandin, at: datetime
) -> None:
    queue()
    smtp.fails(READER, fault)
    assert operations.send_due(at=at) == 0
    assert not Suppression.objects.exists()


def test_a_complaint_does_not_stop_receipts(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    suppress(email=READER, reason=Suppression.Reason.COMPLAINED, source="mailgun", detail="", at=at)
    queue()
    assert operations.send_due(at=at) == 1


def test_the_first_word_stands_the_second_time(at: datetime) -> None:
    reason = Suppression.Reason.BOUNCED
    first = suppress(email=READER, reason=reason, source="smtp", detail="5.1.1", at=at)
    later = at + timedelta(days=1)
    again = suppress(email=f" {READER.upper()}", reason=reason, source="x", detail="y", at=later)
    assert (again.pk, again.source, again.at) == (first.pk, "smtp", at)


def test_lifted_it_is_written_to_again(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    reason = Suppression.Reason.BOUNCED
    suppression = suppress(email=READER, reason=reason, source="smtp", detail="", at=at)
    lift(suppression=suppression)
    lift(suppression=suppression)
    queue()
    assert operations.send_due(at=at) == 1
