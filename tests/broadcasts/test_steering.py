"""While it is being sent: pause, resume, cancel; a rate; a server that refuses everything."""

from datetime import datetime, timedelta

import pytest

from donations.broadcasts import operations, queries
from donations.broadcasts.models import Broadcast, Delivery
from donations.outbox import limits
from donations.outbox.models import Domain
from donations.outbox.models.sending import State as Mail
from donations.supporters.models import User
from donations.topics.models import Topic
from tests.broadcasts.conftest import MakeFollower, begin, send, states
from tests.standins.smtp import Fault, SmtpStandin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
State = Broadcast.State


def test_pause_and_resume(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    follower(1)
    begin(broadcast, editor)
    assert operations.pause(broadcast=broadcast, at=at)
    assert not operations.pause(broadcast=broadcast, at=at)
    assert send(broadcast).state == State.PAUSED
    assert smtp.received == []
    assert operations.resume(broadcast=broadcast, at=at)
    assert not operations.resume(broadcast=broadcast, at=at)
    assert send(broadcast).state == State.FINISHED
    assert len(smtp.received) == 1


def test_who_becomes_uncertain_after_others_were_left_is_asked_about(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    refused = follower(1)
    smtp.fails(refused.email, Fault("rcpt", 554))
    begin(broadcast, editor)
    operations.pause(broadcast=broadcast, at=at)
    assert operations.leave_uncertain(broadcast=broadcast, at=at)
    operations.resume(broadcast=broadcast, at=at)
    send(broadcast)
    assert operations.leave_uncertain(broadcast=broadcast, at=at)
    operations.retry_failed(broadcast=broadcast, at=at)
    assert operations.leave_uncertain(broadcast=broadcast, at=at)
    assert not operations.leave_uncertain(broadcast=broadcast, at=at)


def test_a_pause_takes_back_what_a_worker_holds(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    for number in range(6):
        follower(number)
    begin(broadcast, editor)

    def pausing() -> bool:
        if len(smtp.received) == 2:
            operations.pause(broadcast=broadcast, at=at)
        return False

    operations.send_due(at=at, should_stop=pausing)
    assert len(smtp.received) <= 3, "the one on the wire, and no more"
    operations.sweep(at=at + timedelta(hours=1))
    assert states(broadcast)[Mail.PENDING] >= 3
    operations.resume(broadcast=broadcast, at=at)
    send(broadcast, at + timedelta(hours=1))
    assert sorted(set(smtp.addresses())) == sorted(smtp.addresses())
    assert len(smtp.received) == 6


def test_canceled_is_canceled(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    follower(1)
    begin(broadcast, editor)
    assert operations.cancel(broadcast=broadcast, at=at)
    assert not operations.cancel(broadcast=broadcast, at=at)
    assert send(broadcast).state == State.CANCELED
    assert not operations.resume(broadcast=broadcast, at=at)
    assert operations.retry_failed(broadcast=broadcast, at=at) == 0
    assert smtp.received == []


def test_a_rate_is_kept_over_runs(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    for number in range(9):
        follower(number)
    begin(broadcast, editor)
    limits.set_rate(name="broadcasts", per_minute=12, at=at)
    operations.send_due(at=at, seconds=0.4)
    assert len(smtp.received) == 0, "the bucket is empty at first"
    operations.send_due(at=at + timedelta(seconds=60), seconds=0.4)
    assert len(smtp.received) == 2, "ten seconds of it pile up at most"
    operations.send_due(at=at + timedelta(seconds=61), seconds=0.4)
    assert len(smtp.received) == 2
    operations.send_due(at=at + timedelta(seconds=66), seconds=0.4)
    assert len(smtp.received) == 3
    limits.set_rate(name="broadcasts", per_minute=None, at=at)
    send(broadcast, at + timedelta(seconds=66))
    assert len(smtp.received) == 9


def test_a_mailing_that_waits_takes_nothing_of_the_rate(
    topic: Topic, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    """The first has only mails that are put off; two may leave, and both are the second's."""
    for number in range(3):
        follower(number)
    first, second = (
        begin(operations.draft(topic=topic, by=editor, at=at), editor) for _each in range(2)
    )
    later = at + timedelta(hours=1)
    Delivery.objects.filter(broadcast=first).update(next_attempt_at=later)
    limits.set_rate(name="broadcasts", per_minute=12, at=at)
    operations.send_due(at=at + timedelta(seconds=60), seconds=0.4)
    assert states(first) == {Mail.PENDING: 3}
    assert states(second) == {Mail.SENT: 2, Mail.PENDING: 1}


def test_a_domain_that_rests_takes_nothing_of_the_rate(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    for number in (0, 7, 1, 2):
        follower(number)
    begin(broadcast, editor)
    Domain.objects.create(name="example0.org", troubles=5, rests_until=at + timedelta(hours=1))
    limits.set_rate(name="broadcasts", per_minute=12, at=at)
    operations.send_due(at=at + timedelta(seconds=60), seconds=0.4)
    assert sorted(smtp.addresses()) == ["reader1@example1.org", "reader2@example2.org"]


def test_a_server_that_refuses_everything_stops_the_broadcast(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    for number in range(40):
        one = follower(number)
        smtp.fails(one.email, Fault("rcpt", 554))
    begin(broadcast, editor)
    assert send(broadcast).state == State.PAUSED
    assert "20 refusals in a row" in broadcast.problem
    assert states(broadcast) == {Mail.FAILED: 20, Mail.PENDING: 20}


def test_a_domain_that_refuses_rests_and_the_others_go_on(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    """Everybody at example0.org is refused for now, for as long as it is asked."""
    for number in range(140):
        one = follower(number)
        if one.email.endswith("@example0.org"):
            smtp.fails(one.email, *[Fault("rcpt", 451)] * 5)
    begin(broadcast, editor)
    send(broadcast)
    resting = Domain.objects.get(name="example0.org")
    assert resting.rests_until is not None
    assert resting.rests_until > at + timedelta(minutes=9)
    assert states(broadcast) == {Mail.SENT: 120, Mail.PENDING: 20}
    tries = Delivery.objects.filter(state=Mail.PENDING, attempts=0)
    assert tries.exists(), "not everybody there was tried in vain"
    send(broadcast, at + timedelta(minutes=5))
    assert states(broadcast)[Mail.PENDING] == 20
    smtp.faults.clear()
    for minutes in (30, 60, 300):
        send(broadcast, at + timedelta(minutes=minutes))
    assert broadcast.state == State.FINISHED
    assert states(broadcast) == {Mail.SENT: 140}
    assert Domain.objects.get(name="example0.org").troubles == 0


def test_what_cannot_be_delivered_in_three_days_is_given_up(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    one = follower(1)
    smtp.fails(one.email, *[Fault("rcpt", 451)] * 50)
    begin(broadcast, editor)
    send(broadcast)
    operations.run_due(at=at + timedelta(days=4))
    broadcast.refresh_from_db()
    assert broadcast.state == State.FINISHED
    assert states(broadcast) == {Mail.FAILED: 1}


def test_the_progress_tells_it_all(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    people = [follower(number) for number in range(4)]
    smtp.fails(people[0].email, Fault("rcpt", 554))
    smtp.fails(people[1].email, Fault("dot"))
    begin(broadcast, editor)
    assert queries.counted(broadcast, at).waiting == 4
    send(broadcast)
    found = queries.counted(broadcast, at + timedelta(seconds=30))
    assert (found.total, found.done, found.sent) == (4, 4, 2)
    assert (found.failed, found.uncertain, found.waiting) == (1, 1, 0)
    assert found.per_minute is None, "after two looks nobody can tell"
    assert queries.counted(broadcast, at + timedelta(seconds=40)).per_minute == 6
    assert found.failures == [("554 4.0.0 told to fail for <address>", 1)]


def test_answers_that_begin_alike_are_one_reason(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    """A server that ends each answer with a number of its own, and one that says it twice."""
    spam = "5.7.1 Message rejected as spam, see https://help.example.org/rejected?id="
    for number in range(5):
        told = f"{spam}{number}f3{number}" if number < 3 else "5.2.2 Mailbox full"
        smtp.fails(follower(number).email, Fault("rcpt", 550, words=told))
    begin(broadcast, editor)
    send(broadcast)
    assert queries.counted(broadcast, at).failures == [
        (f"550 {spam} …", 3),
        ("550 5.2.2 Mailbox full for <address>", 2),
    ]
