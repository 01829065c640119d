"""A list that would take too long is looked for in another way, and given up in the end."""

import pytest
from django.db import OperationalError, connection

from donations.lists import patience
from donations.lists.patience import TooSlow, at_most, patiently

pytestmark = pytest.mark.django_db


@pytest.fixture
def _postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL stops a statement")


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("_postgresql")
def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(TooSlow), at_most(20), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")


def test_another_failure_stays_one() -> None:
    with pytest.raises(OperationalError), at_most(20):
        raise OperationalError("the server is away")


def asleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])


@pytest.mark.usefixtures("_postgresql")
def test_what_cannot_be_walked_to_is_gathered() -> None:
    ways = []

    def look() -> str:
        ways.append(setting("enable_indexscan"))
        if len(ways) == 1:
            asleep(patience.FIRST_MS / 1000 * 2)
        return "found"

    assert patiently(look, is_narrowed=True) == "found"
    assert ways == ["on", "off"]
    assert setting("enable_indexscan") == "on"
    assert setting("statement_timeout") == "0"


@pytest.mark.usefixtures("_postgresql")
def test_a_whole_list_is_never_gathered() -> None:
    ways = []

    def look() -> None:
        ways.append(setting("enable_indexscan"))
        asleep(patience.FIRST_MS / 1000 * 2)

    patiently(look, is_narrowed=False)
    assert ways == ["on"]


def test_elsewhere_it_is_only_looked() -> None:
    assert patiently(lambda: 7, is_narrowed=True) == 7
