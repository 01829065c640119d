"""From a draft to everybody's mailbox, once."""

import email
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.operations.leaving import unsubscribe
from donations.outbox.models import Suppression
from donations.outbox.models.sending import State
from donations.outbox.suppressing import suppress
from donations.sections.models import Follow, Section
from donations.supporters.models import User
from tests.broadcasts.conftest import MakeFollower, begin, send, states
from tests.standins.smtp import Fault, SmtpStandin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def parsed(smtp: SmtpStandin, number: int = 0) -> EmailMessage:
    message = email.message_from_bytes(smtp.received[number].body, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_everybody_gets_one_in_their_own_language(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    for number, language in enumerate(("en", "ro", "ru")):
        follower(number, name="Ana Țîșu <b>", language=language)
    assert begin(broadcast, editor).state == Broadcast.State.SENDING
    assert send(broadcast).state == Broadcast.State.FINISHED
    assert sorted(smtp.addresses()) == [f"reader{n}@example{n}.org" for n in range(3)]
    subjects = {received.to: parsed(smtp, n)["subject"] for n, received in enumerate(smtp.received)}
    assert subjects["reader0@example0.org"] == "Who owns the bridges?"
    assert subjects["reader1@example1.org"] == "Ale cui sunt podurile?"
    assert subjects["reader2@example2.org"] == "Ale cui sunt podurile?", "first written in Romanian"
    assert states(broadcast) == {State.SENT: 3}


def test_the_second_time_nobody_gets_another(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    follower(1)
    begin(broadcast, editor)
    for minutes in (0, 1, 2):
        send(broadcast, at + timedelta(minutes=minutes))
    assert smtp.addresses() == ["reader1@example1.org"]


@pytest.mark.parametrize("name", ["Politică", "Политика", "Ж" * 80])
def test_the_identifier_of_the_list_is_plain_whatever_the_name(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, name: str
) -> None:
    Section.objects.filter(slug="politics").update(names={"ro": name})
    follower(1, language="ro")
    begin(broadcast, editor)
    send(broadcast)
    raw = email.message_from_bytes(smtp.received[0].body)["List-ID"]
    assert raw.endswith(" <politics.topics.footnote.test>")
    assert parsed(smtp)["List-ID"] == f"{name} <politics.topics.footnote.test>"
    lines = smtp.received[0].body.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, lines)) < 200


def test_a_section_s_name_stays_between_its_quotation_marks(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    Section.objects.filter(slug="politics").update(names={"en": 'The "House"\\'})
    follower(1)
    begin(broadcast, editor)
    send(broadcast)
    assert parsed(smtp)["List-ID"] == '"The House" <politics.topics.footnote.test>'


def test_the_headers_are_those_of_the_receivers_rules(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    follower(1, name="Ana Țîșu")
    begin(broadcast, editor)
    send(broadcast)
    mail = parsed(smtp)
    delivery = Delivery.objects.get()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http")
    assert mail["List-Unsubscribe"].count("<") == 1
    assert mail["List-ID"] == '"Politics" <politics.topics.footnote.test>'
    assert mail["Feedback-ID"].count(":") == 3
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    assert mail["Message-ID"] == f"<broadcast.{broadcast.pk}.{delivery.pk}@footnote.test>"
    assert mail["To"] == "reader1@example1.org"
    assert mail.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in mail.iter_parts())
    for part in (text, html):
        assert "Hello Ana Țîșu," in part
        assert "placeholder" not in part
        assert mail["List-Unsubscribe"].strip("<>") in part
        assert "1 May 2026" in part
    assert "<strong>toll</strong>" in html


def test_a_name_is_no_markup(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    follower(1, name="<script>tokenplaceholder5v8w3z6y</script>")
    begin(broadcast, editor)
    send(broadcast)
    text, html = (part.get_content() for part in parsed(smtp).iter_parts())
    assert "<script>" in text
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_everybody_is_counted(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    follower(2, confirmed_at=None)
    follower(3, ended_at=at)
    follower(4, section=None)
    for number, reason in enumerate(Suppression.Reason, 5):
        gone = follower(number)
        suppress(email=gone.email, reason=reason, source="test", detail="", at=at)
    begin(broadcast, editor)
    assert broadcast.candidate_count == 7
    assert broadcast.recipient_count == 2
    assert broadcast.excluded == {
        "unconfirmed": 1,
        "stopped": 1,
        "bounced": 1,
        "complained": 1,
        "asked": 1,
    }
    assert states(broadcast) == {State.PENDING: 2, State.EXCLUDED: 5}


def test_who_leaves_after_the_list_was_written_gets_nothing(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    leaving, bouncing, staying = follower(1), follower(2), follower(3)
    begin(broadcast, editor)
    Follow.objects.filter(supporter=leaving).mark_ended(at=at)
    suppress(
        email=bouncing.email, reason=Suppression.Reason.BOUNCED, source="test", detail="", at=at
    )
    assert send(broadcast).state == Broadcast.State.FINISHED
    assert smtp.addresses() == [staying.email]
    withdrawn = Delivery.objects.filter(state=State.WITHDRAWN)
    assert dict(withdrawn.values_list("email", "reason")) == {
        leaving.email: "stopped",
        bouncing.email: "bounced",
    }


def test_a_line_that_drops_after_the_dot_is_never_tried_again_by_itself(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    lost, other = follower(1), follower(2)
    smtp.fails(lost.email, Fault("dot"))
    begin(broadcast, editor)
    send(broadcast)
    for days in (0, 1, 2):
        operations.sweep(at=at + timedelta(days=days))
        send(broadcast, at + timedelta(days=days))
    assert smtp.addresses().count(lost.email) == 1
    assert smtp.addresses().count(other.email) == 1
    assert states(broadcast) == {State.SENT: 1, State.UNCERTAIN: 1}
    assert broadcast.state == Broadcast.State.FINISHED
    assert operations.resend_uncertain(broadcast=broadcast, at=at + timedelta(days=2)) == 1
    assert operations.resend_uncertain(broadcast=broadcast, at=at + timedelta(days=2)) == 0
    send(broadcast, at + timedelta(days=2))
    assert smtp.addresses().count(lost.email) == 2
    assert states(broadcast) == {State.SENT: 2}


def test_a_line_that_drops_before_the_dot_is_tried_again(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    one = follower(1)
    smtp.fails(one.email, Fault("data"))
    begin(broadcast, editor)
    assert send(broadcast).state == Broadcast.State.SENDING
    assert send(broadcast, at + timedelta(minutes=5)).state == Broadcast.State.FINISHED
    assert smtp.addresses() == [one.email]


def test_only_the_failed_are_retried(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    refused, taken = follower(1), follower(2)
    smtp.fails(refused.email, Fault("rcpt", 554))
    begin(broadcast, editor)
    send(broadcast)
    assert states(broadcast) == {State.FAILED: 1, State.SENT: 1}
    assert operations.retry_failed(broadcast=broadcast, at=at) == 1
    assert operations.retry_failed(broadcast=broadcast, at=at) == 0
    send(broadcast, at + timedelta(minutes=1))
    assert sorted(smtp.addresses()) == sorted([refused.email, taken.email])
    assert broadcast.state == Broadcast.State.FINISHED


def test_each_mail_costs_one_statement(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    costs = []
    for number in range(30):
        follower(number)
    begin(broadcast, editor)
    for limit in (5, 15):
        with CaptureQueriesContext(connection) as asked:
            assert operations.send_due(at=at, limit=limit) == limit
        costs.append(len(asked))
    assert costs[1] - costs[0] <= 10


def test_who_follows_everything_is_told_so_and_stops_everything(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    every = follower(1, section=None)
    follower(2)
    begin(broadcast, editor)
    send(broadcast)
    texts = {
        each.to: next(parsed(smtp, n).iter_parts()).get_content()
        for n, each in enumerate(smtp.received)
    }
    assert len(texts) == 2
    assert "about new topics on 1 May 2026." in texts[every.email]
    assert "about Politics on 1 May 2026." in texts["reader2@example2.org"]
    unsubscribe(delivery=Delivery.objects.get(supporter=every), everything=False, at=at)
    assert not Follow.objects.filter(supporter=every).active().exists()
