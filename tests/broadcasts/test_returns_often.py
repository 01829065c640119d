"""An address that refuses three of the last five mails is left alone."""

from datetime import datetime, timedelta
from typing import Literal

import pytest

from donations.broadcasts import operations
from donations.outbox.marks import Queue, mark
from donations.outbox.models import MailEvent, Message, Suppression
from donations.outbox.models.sending import State
from donations.outbox.reporting import Report, keep
from tests.broadcasts.conftest import AT

pytestmark = pytest.mark.django_db
Kind = MailEvent.Kind
READER = "reader@example.org"
Letter = Literal["d", "r", "w"]
KINDS = {"d": Kind.DELIVERED, "r": Kind.REFUSED, "w": Kind.DEFERRED}


def message(number: int) -> Message:
    return Message.objects.create(
        key=f"thanks:{number}",
        kind=Message.Kind.THANKS,
        to=READER,
        language="en",
        next_attempt_at=AT,
        created_at=AT,
        state=State.SENT,
        sent_at=AT,
    )


def told(mail: Message, letter: str, at: datetime) -> None:
    report = Report(
        provider="resend",
        event_id=f"{mail.pk} {letter} {at}",
        kind=KINDS[letter],
        mail=mark(Queue.MESSAGE, mail.pk),
        email=READER,
        at=at,
    )
    keep(report=report, at=at)
    operations.take_note(at=at)


@pytest.mark.parametrize(
    ("mails", "is_left_alone"),
    [
        ("r", False),
        ("rr", False),
        ("rrr", True),
        ("rdr", False),
        ("rdrdr", True),
        ("rrddr", True),
        ("rrdddr", False),
        ("rrdddd", False),
        ("www", False),
        ("rwr", False),
        ("rwrwr", True),
    ],
)
def test_it_works(mails: str, is_left_alone: bool) -> None:
    for number, letter in enumerate(mails):
        told(message(number), letter, AT + timedelta(days=number))
    assert Suppression.objects.exists() == is_left_alone


def test_one_mail_counts_once() -> None:
    mail = message(1)
    for hour in range(5):
        told(mail, "r", AT + timedelta(hours=hour))
    assert not Suppression.objects.exists()


def test_a_mail_counts_as_it_ended() -> None:
    for number in range(5):
        mail = message(number)
        told(mail, "r", AT + timedelta(days=number))
        told(mail, "d", AT + timedelta(days=number, hours=1))
    assert not Suppression.objects.exists()


def test_why_is_said() -> None:
    for number in range(3):
        told(message(number), "r", AT + timedelta(days=number))
    left_alone = Suppression.objects.get()
    assert left_alone.reason == Suppression.Reason.BOUNCED
    assert left_alone.detail.startswith("3 of the last 5 mails were refused")
