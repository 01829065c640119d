"""Who gets the week's figures, and that each gets them once."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from donations.digest import operations
from donations.digest.links import leave_url
from donations.history.models import Change
from donations.outbox import operations as outbox
from donations.outbox.models import Message
from donations.supporters.models import User
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db
State = Message.State


def test_it_works(ana: User, monday: datetime) -> None:
    assert operations.queue_due(at=monday) == 1
    message = Message.objects.get()
    assert (message.kind, message.to, message.language) == ("weekly_digest", ana.email, "ro")
    assert message.key == f"digest:{ana.pk}:2026-W48"


def test_the_second_time_nobody_is_written_to(ana: User, monday: datetime) -> None:
    operations.queue_due(at=monday)
    assert operations.queue_due(at=monday + timedelta(hours=20)) == 0
    assert Message.objects.count() == 1


def test_the_next_week_is_another_mail(ana: User, monday: datetime) -> None:
    operations.queue_due(at=monday)
    assert operations.queue_due(at=monday + timedelta(days=7)) == 1


def test_not_before_its_time(ana: User, monday: datetime) -> None:
    assert operations.queue_due(at=monday - timedelta(hours=6)) == 0


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}])
def test_who_is_no_colleague_any_more_gets_none(
    ana: User, monday: datetime, change: dict[str, bool]
) -> None:
    User.objects.update(**change)
    assert operations.queue_due(at=monday) == 0


def test_who_did_not_ask_gets_none(monday: datetime) -> None:
    User.objects.create_user("ion@newscafe.example", is_staff=True, role="administrator")
    assert operations.queue_due(at=monday) == 0


def test_a_colleague_without_a_language_is_written_to_in_the_newsroom_s(
    ana: User, monday: datetime
) -> None:
    User.objects.update(language="")
    operations.queue_due(at=monday)
    assert Message.objects.get().language == "en"


def test_what_waits_is_not_sent_to_who_leaves(ana: User, monday: datetime) -> None:
    operations.queue_due(at=monday)
    operations.leave(user=ana, at=monday)
    assert Message.objects.get().state == State.FAILED
    assert operations.queue_due(at=monday + timedelta(days=7)) == 0


def test_leaving_the_second_time_changes_nothing(ana: User, monday: datetime) -> None:
    for _time in range(2):
        operations.leave(user=ana, at=monday)
    assert Change.objects.get().after == {"wants_digest": False}
    assert User.objects.get().language == "ro"


def test_what_is_uncertain_is_not_sent_again(ana: User, monday: datetime) -> None:
    operations.queue_due(at=monday)
    Message.objects.mark_uncertain(next_attempt_at=monday)
    outbox.sweep(at=monday + timedelta(hours=1))
    assert Message.objects.get().state == State.UNCERTAIN


def test_its_headers(ana: User, monday: datetime, smtp: SmtpStandin) -> None:
    operations.queue_due(at=monday)
    assert outbox.send_due(at=monday) == 1
    letter = message_from_bytes(smtp.received[-1].body, policy=policy.default)
    assert letter["List-Unsubscribe"] == f"<{leave_url(ana)}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["To"] == ana.email
