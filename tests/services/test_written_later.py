"""What is written to disk at once, and what a moment later: PostgreSQL's part of it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from donations.broadcasts.models import Delivery
from donations.outbox import operations
from donations.outbox.models import LiveClaim, Message, Sending
from donations.supporters.models import User
from tests.web.mailings import a_follower, begun

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("This is PostgreSQL's own: run `python -m tests.services`.")


def asked(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(words)
        [answer] = cursor.fetchone()
    return str(answer)


@contextmanager
def commits_seen(table: str) -> Iterator[None]:
    """A trigger that tells how the transaction which changes the table will be committed."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE seen (setting text)")
        cursor.execute(
            "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$"
        )
        cursor.execute(
            f"CREATE CONSTRAINT TRIGGER see AFTER UPDATE ON {table}"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION see()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER see ON {table}; DROP FUNCTION see; DROP TABLE seen")


def test_a_crash_forgets_the_claims() -> None:
    """`u`: emptied by PostgreSQL when it recovers from a crash, kept when it is stopped."""
    table = LiveClaim._meta.db_table
    assert asked(f"SELECT relpersistence FROM pg_class WHERE relname = '{table}'") == "u"


def a_delivery() -> Delivery:
    """Waiting."""
    a_follower()
    begun(User.objects.create_user("editor@example.org", is_staff=True))
    return Delivery.objects.get()


def a_message() -> Message:
    """Waiting."""
    operations.queue(
        kind=Message.Kind.THANKS, to="ana@example.org", language="en", key="one", context={},
        at=timezone.now(),
    )  # fmt: skip
    return Message.objects.get()


@pytest.mark.parametrize(("make", "setting"), [(a_delivery, "off"), (a_message, "on")])
def test_only_the_marks_of_a_mailing_do_not_wait(make: Callable[[], Sending], setting: str) -> None:
    row, claim, lease = make(), uuid.uuid4(), timedelta(minutes=1)
    queue = type(row).objects.filter(pk=row.pk)  # type: ignore[attr-defined]
    queue.mark_claimed(claim=claim, lease_until=timezone.now() + lease)
    with commits_seen(row._meta.db_table):
        assert queue.mark_attempted(pk=row.pk, claim=claim, at=timezone.now(), lease=lease)
        assert asked("SELECT setting FROM seen") == setting
    assert asked("SHOW synchronous_commit") == "on"
