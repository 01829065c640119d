"""Files and views while several ask, write and stop at once; and how PostgreSQL finds people."""

from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from donations.history.models import Change
from donations.lists import exporting
from donations.lists.models import Export, SavedView
from donations.lists.saving import save_view
from donations.models import User
from tests.lists.crowd import a_supporter
from tests.services.together import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
MANY, ROUNDS = 4, 5


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


@pytest.fixture
def treasurer() -> User:
    return User.objects.create_user("t@example.org", is_staff=True, role="treasurer")


def ask(by: User) -> Export:
    return exporting.ask(
        by=by, room="supporters", query="", file_format="csv", language="en", at=timezone.now()
    )


def test_many_clicks_are_one_file(treasurer: User) -> None:
    asked = at_once(*[partial(ask, treasurer)] * MANY)
    assert len({each.pk for each in asked}) == 1
    assert Change.objects.count() == 1


def test_many_workers_write_each_file_once(treasurer: User) -> None:
    a_supporter("Ana")
    for _round in range(ROUNDS):
        export = ask(treasurer)
        at_once(*[partial(exporting.run_next, clock=timezone.now)] * MANY)
        export.refresh_from_db()
        assert (export.state, export.tries) == ("done", 1)
        assert b"".join(exporting.content(export)).count(b"Ana") == 1
        assert export.parts.count() == 1


def test_stopped_while_it_is_written(treasurer: User) -> None:
    for _each in range(5):
        a_supporter("Ana")
    for _round in range(ROUNDS):
        export = ask(treasurer)
        at_once(
            partial(exporting.run_next, clock=timezone.now, chunk=1),
            partial(exporting.cancel, export=export, at=timezone.now()),
        )
        export.refresh_from_db()
        whole = export.state == "done"
        assert whole or export.state == "canceled"
        assert export.parts.exists() == whole


def test_a_view_is_kept_once(treasurer: User) -> None:
    keep = partial(
        save_view,
        owner=treasurer,
        room="supporters",
        name="Monthly",
        query="",
        is_shared=False,
        at=timezone.now(),
    )
    at_once(*[keep] * MANY)
    assert SavedView.objects.count() == 1


def test_every_index_that_the_lists_need_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE %s", ["%_part"])
        found = {name for (name,) in cursor.fetchall()}
    assert found == {"supporter_name_part", "supporter_email_part", "donation_payer_part"}
