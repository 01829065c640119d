"""A crash of the database may forget which mails were begun; nobody gets one twice for that."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.pump import Mailing
from donations.outbox.models import LiveClaim
from donations.outbox.models.sending import State as Mail
from donations.supporters.models import User
from tests.broadcasts.conftest import MakeFollower, begin, send, states
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def claimed(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> tuple[Mailing, uuid.UUID]:
    """A worker that has claimed three mails and begun none, as far as the database knows."""
    for number in range(3):
        follower(number)
    begin(broadcast, editor)
    worker = Mailing(broadcast=broadcast, at=at, limit=99, seconds=9, should_stop=lambda: False)
    claim = uuid.uuid4()
    assert len(worker.take(claim, 9)) == 3
    return worker, claim


def crash() -> None:
    """What PostgreSQL does with this table when it recovers."""
    LiveClaim.objects.all().delete()


def test_a_lost_worker_had_begun_what_it_had_marked(
    broadcast: Broadcast, claimed: tuple[Mailing, uuid.UUID], smtp: SmtpStandin, at: datetime
) -> None:
    operations.sweep(at=at + timedelta(hours=1))
    assert states(broadcast) == {Mail.PENDING: 3}
    assert send(broadcast, at + timedelta(hours=1)).state == Broadcast.State.FINISHED
    assert len(smtp.received) == 3


def test_after_a_crash_nobody_knows(
    broadcast: Broadcast, claimed: tuple[Mailing, uuid.UUID], smtp: SmtpStandin, at: datetime
) -> None:
    crash()
    operations.sweep(at=at + timedelta(hours=1))
    assert states(broadcast) == {Mail.UNCERTAIN: 3}
    assert {each.error for each in Delivery.objects.all()} == {"the database was lost"}
    assert send(broadcast, at + timedelta(hours=1)).state == Broadcast.State.FINISHED
    assert smtp.received == []


@pytest.mark.parametrize("step", [operations.pause, operations.cancel])
def test_to_stop_it_does_not_make_it_certain(
    step: Callable[..., bool],
    broadcast: Broadcast,
    claimed: tuple[Mailing, uuid.UUID],
    at: datetime,
) -> None:
    crash()
    step(broadcast=broadcast, at=at)
    assert states(broadcast) == {Mail.CLAIMED: 3}
    operations.sweep(at=at + timedelta(hours=1))
    assert states(broadcast) == {Mail.UNCERTAIN: 3}


def test_the_worker_that_survives_does_not_know_either(
    broadcast: Broadcast, claimed: tuple[Mailing, uuid.UUID]
) -> None:
    worker, claim = claimed
    crash()
    worker.release(claim)
    assert states(broadcast) == {Mail.CLAIMED: 3}


def test_a_worker_that_ends_gives_back_and_forgets(
    broadcast: Broadcast, claimed: tuple[Mailing, uuid.UUID]
) -> None:
    worker, claim = claimed
    worker.release(claim)
    assert states(broadcast) == {Mail.PENDING: 3}
    assert not LiveClaim.objects.exists()


def test_claims_of_lost_workers_do_not_pile_up(
    broadcast: Broadcast, claimed: tuple[Mailing, uuid.UUID], at: datetime
) -> None:
    operations.sweep(at=at + timedelta(hours=23))
    assert LiveClaim.objects.count() == 1
    operations.sweep(at=at + timedelta(hours=25))
    assert not LiveClaim.objects.exists()


def test_nothing_is_kept_of_a_mailing_that_went_well(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin, at: datetime
) -> None:
    follower(1)
    begin(broadcast, editor)
    assert send(broadcast, at).state == Broadcast.State.FINISHED
    assert len(smtp.received) == 1
    assert not LiveClaim.objects.exists()
