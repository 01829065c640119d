"""The commands that prove the books, mend them, and ask what never arrived."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from donations.giving.models import Donation
from donations.webhooks.models import InboundEvent
from tests.newsroom import Newsroom


def run(name: str, *arguments: str) -> str:
    said = StringIO()
    call_command(name, *arguments, stdout=said)
    return said.getvalue()


def test_right_books(newsroom: Newsroom) -> None:
    newsroom.give()
    assert "The books are right" in run("rebuild_ledger", "--check")


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("DELETE FROM donations_line", "is missing"),
        ("UPDATE donations_line SET amount_minor = amount_minor * 2", "differs"),
        ("UPDATE donations_line SET amount_minor = 7 WHERE amount_minor < 0", "sum to zero"),
        ("UPDATE donations_inboundevent SET facts = '[]'", "no fact behind it"),
        ("UPDATE donations_donation SET currency = 'USD'", "donation stripe:pi_"),
    ],
)
def test_wrong_books_are_found(newsroom: Newsroom, damage: str, complaint: str) -> None:
    newsroom.give()
    with connection.cursor() as cursor:
        cursor.execute(damage)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_ledger", "--check", stdout=said)
    assert complaint in said.getvalue()


def test_what_never_arrived_is_found_once(newsroom: Newsroom) -> None:
    newsroom.manner = "never told"
    newsroom.give()
    newsroom.give(email="ion@example.org", interval="month")

    assert "2 donations" in run("reconcile", "--days", "3")
    assert "0 donations and 0 postings" in run("reconcile", "--days", "3")
    assert Donation.objects.count() == 2


def test_a_provider_that_cannot_be_asked(newsroom: Newsroom, settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="could not be asked"):
        run("reconcile")


def test_replaying_everything_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.give()
    newsroom.subscribe(email="ion@example.org")
    before = newsroom.balance(), newsroom.letters()

    said = run("replay_events")

    total = InboundEvent.objects.count()
    assert f"{total} of {total} events processed" in said
    assert (newsroom.balance(), newsroom.letters()) == before
    newsroom.check_books()


def test_replaying_what_failed(newsroom: Newsroom) -> None:
    newsroom.manner = "reversed"
    newsroom.give()
    newsroom.stripe.fail_next("refuse_500", times=1000)
    newsroom.finish()
    newsroom.stripe.api.faults.clear()
    InboundEvent.objects.update(state=InboundEvent.State.STUCK)

    run("replay_events", "--failed")
    run("replay_events", "--failed")
    assert Donation.objects.count() == 1


def test_an_event_that_is_not_there(newsroom: Newsroom) -> None:
    with pytest.raises(CommandError, match="no stored event"):
        run("replay_events", "--id", "evt_none")
