"""Who leaves gets nothing more, however far their mail has come, and twice is as good as once."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.pump import Mailing
from donations.outbox.models import Suppression
from donations.outbox.models.sending import State as Mail
from donations.outbox.suppressing import suppress
from donations.outbox.wire import Wire
from donations.sections.models import Follow, Section
from donations.supporters.models import User
from tests.broadcasts.conftest import MakeFollower, begin, send, states
from tests.broadcasts.crowds import come
from tests.services.together import at_once
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def run(broadcast: Broadcast, at: datetime) -> Mailing:
    return Mailing(broadcast=broadcast, at=at, limit=99, seconds=9, should_stop=lambda: False)


def test_who_leaves_while_a_worker_has_the_mail_in_hand(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    """Claimed and weeded already: the statement that lets it on the wire asks once more."""
    leaving, bouncing, staying = follower(1), follower(2), follower(3)
    begin(broadcast, editor)
    worker, claim = run(broadcast, at), uuid.uuid4()
    in_hand = worker.weed(claim, worker.take(claim, 9))
    assert len(in_hand) == 3
    Follow.objects.filter(supporter=leaving).mark_ended(at=at)
    suppress(
        email=bouncing.email, reason=Suppression.Reason.COMPLAINED, source="test", detail="", at=at
    )
    with Wire() as wire:
        worker.send_all(claim, in_hand, wire)
    assert smtp.addresses() == [staying.email]
    operations.sweep(at=at + timedelta(hours=1))
    assert send(broadcast, at + timedelta(hours=1)).state == Broadcast.State.FINISHED
    assert states(broadcast) == {Mail.SENT: 1, Mail.WITHDRAWN: 2}


def test_whose_claim_ran_out_sends_nothing(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    """It slept too long; another has sent the mail meanwhile."""
    one = follower(1)
    begin(broadcast, editor)
    sleeper, claim = run(broadcast, at), uuid.uuid4()
    in_hand = sleeper.weed(claim, sleeper.take(claim, 9))
    operations.sweep(at=at + timedelta(hours=1))
    send(broadcast, at + timedelta(hours=1))
    with Wire() as wire:
        sleeper.send_all(claim, in_hand, wire)
    assert smtp.addresses() == [one.email]
    assert states(broadcast) == {Mail.SENT: 1}


def test_two_beats(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    for number in range(5):
        follower(number)
    operations.schedule(
        broadcast=broadcast, send_at=at, max_lateness=timedelta(hours=1), by=editor, at=at
    )
    for _beat in range(2):
        operations.run_due(at=at)
        operations.sweep(at=at)
    for _beat in range(2):
        send(broadcast)
    assert len(smtp.received) == 5
    assert broadcast.candidate_count == 5
    assert states(broadcast) == {Mail.SENT: 5}


@pytest.mark.services
def test_two_beats_in_the_same_moment(
    broadcast: Broadcast, editor: User, section: Section, smtp: SmtpStandin, at: datetime
) -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")
    come(400, domain="takes.example", section=section)
    operations.schedule(
        broadcast=broadcast, send_at=at, max_lateness=timedelta(hours=1), by=editor, at=at
    )

    def beat() -> int:
        operations.run_due(at=at)
        operations.sweep(at=at)
        sent = operations.send_due(at=at)
        operations.run_due(at=at)
        return sent

    sent = at_once(beat, beat, beat)
    while Delivery.objects.filter(state=Mail.PENDING).exists():
        sent.append(beat())
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert sum(sent) == len(smtp.received) == len(set(smtp.addresses())) == 400
    assert broadcast.candidate_count == broadcast.recipient_count == 400
    assert broadcast.state == Broadcast.State.FINISHED
