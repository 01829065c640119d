"""A worker reads what a mail needs once for many, and nothing for each."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest

from donations.broadcasts.models import Broadcast
from donations.broadcasts.pump import Mailing
from donations.supporters.models import User
from tests.broadcasts.conftest import MakeFollower, begin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_no_query_for_a_mail(
    broadcast: Broadcast,
    editor: User,
    follower: MakeFollower,
    at: datetime,
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:
    for number in range(4):
        follower(number, name="Ana", section=None if number == 3 else broadcast.topic.section)
    begin(broadcast, editor)
    worker = Mailing(broadcast=broadcast, at=at, limit=9, seconds=9, should_stop=lambda: False)
    claim = uuid.uuid4()
    rows = worker.take(claim, 9)
    first = worker.write(rows[0])
    with django_assert_num_queries(0):
        letters = [letter for _row, letter in worker.written(claim, rows)]
        assert all(letter.recipients() for letter in letters)
    assert letters[0].to == first.to
