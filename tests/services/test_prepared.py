"""The statement that runs for every mail is planned once for each connection."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from donations.outbox.models import Message

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TIMES = 8


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Plans are kept on PostgreSQL only: run `python -m tests.services`.")


def mark() -> bool:
    """As before each mail; here there is none."""
    claim, lease = uuid.uuid4(), timedelta(minutes=1)
    return Message.objects.mark_attempted(pk=1, claim=claim, at=timezone.now(), lease=lease)


def kept() -> int:
    """How many plans this connection has for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements"
            " WHERE statement LIKE '%UPDATE donations_message%'"
        )
        [count] = cursor.fetchone()
    return int(count)


def test_planned_once() -> None:
    before = kept()
    for _time in range(TIMES):
        assert not mark()
    assert kept() == max(before, 1)


def test_another_connection_makes_its_own() -> None:
    for _time in range(TIMES):
        mark()
    connection.close()
    for _time in range(TIMES):
        assert not mark()
    assert kept() == 1


def test_every_query_is_seen_by_whoever_counts(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    mark()
    with django_assert_num_queries(1):  # type: ignore[operator]
        mark()
    mark()
