"""The list is written in ranges, once, and balances."""

from datetime import datetime

import pytest

from donations.broadcasts import operations
from donations.broadcasts.freezing import close, freeze_range
from donations.broadcasts.models import Broadcast, Delivery
from donations.supporters.models import User
from tests.broadcasts.conftest import MakeFollower, begin, states

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
State = Broadcast.State


@pytest.fixture
def freezing(broadcast: Broadcast, follower: MakeFollower) -> Broadcast:
    for number in range(9):
        follower(number)
    Broadcast.objects.update(state=State.FREEZING)
    broadcast.refresh_from_db()
    return broadcast


def test_in_ranges(freezing: Broadcast, at: datetime) -> None:
    rounds = 1
    while freeze_range(broadcast_id=freezing.pk, at=at, size=4):
        rounds += 1
    assert rounds == 3
    assert Delivery.objects.count() == 9


def test_the_second_time_nobody_is_added(freezing: Broadcast, at: datetime) -> None:
    for _time in range(2):
        while freeze_range(broadcast_id=freezing.pk, at=at):
            pass
    freezing.refresh_from_db()
    assert freezing.candidate_count == Delivery.objects.count() == 9


def test_a_lost_worker_goes_on_where_it_was(freezing: Broadcast, at: datetime) -> None:
    assert freeze_range(broadcast_id=freezing.pk, at=at, size=4)
    operations.run_due(at=at)
    freezing.refresh_from_db()
    assert freezing.state == State.SENDING
    assert freezing.recipient_count == freezing.candidate_count == 9


def test_a_list_that_another_worker_still_writes_is_not_closed(
    freezing: Broadcast, at: datetime
) -> None:
    assert freeze_range(broadcast_id=freezing.pk, at=at, size=4)
    freezing.refresh_from_db()
    close(broadcast=freezing, at=at)
    freezing.refresh_from_db()
    assert (freezing.state, freezing.frozen_at) == (State.FREEZING, None)


def test_books_that_do_not_balance_stop_it(freezing: Broadcast, at: datetime) -> None:
    while freeze_range(broadcast_id=freezing.pk, at=at):
        pass
    Delivery.objects.order_by("pk")[:1].get().delete()
    freezing.refresh_from_db()
    close(broadcast=freezing, at=at)
    freezing.refresh_from_db()
    assert freezing.state == State.NEEDS_REVIEW
    assert freezing.problem == "The list has 8 rows for 9 candidates."
    assert operations.send_due(at=at) == 0


def test_somebody_lost_while_it_was_sent_is_noticed(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    begin(broadcast, editor)
    Delivery.objects.all().delete()
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert broadcast.state == State.NEEDS_REVIEW


def test_a_canceled_one_is_not_frozen(freezing: Broadcast, at: datetime) -> None:
    operations.cancel(broadcast=freezing, at=at)
    assert not freeze_range(broadcast_id=freezing.pk, at=at)
    assert states(freezing) == {}
