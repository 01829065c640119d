"""What stays wrong is written about: once a day at most, to those who can do something."""

from datetime import UTC, datetime, timedelta

import pytest

from donations.models import DayComparison, Heartbeat, InboundEvent, Message, User
from donations.outbox.rendering import render
from donations.outlet import queries as outlet
from donations.watching.models import Alarm
from donations.watching.operations import watch
from donations.watching.queries import TASKS, queue_names

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
HALF = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def people() -> None:
    for role in ("administrator", "treasurer", "editor", "viewer"):
        User.objects.create_user(f"{role}@example.org", is_staff=True, role=role)
    User.objects.create_user("gone@example.org", is_staff=True, is_active=False, role="treasurer")


def all_runs(at: datetime) -> None:
    """Every task and queue is alive at that time."""
    for name in (*TASKS, *(f"queue:{name}" for name in queue_names())):
        Heartbeat.objects.update_or_create(
            name=name, defaults={"first_at": at, "started_at": at, "ended_at": at}
        )


def look(at: datetime) -> None:
    """The watch, while everything else works and mail leaves."""
    all_runs(at)
    watch(at=at)
    waiting = Message.objects.filter(state=Message.State.PENDING)
    waiting.update(state=Message.State.SENT, sent_at=at)


def stuck(at: datetime = AT) -> InboundEvent:
    return InboundEvent.objects.create(
        gateway="stripe", event_id="evt_1", kind="charge.refunded", body=b"{}", state="stuck",
        attempts=100, received_at=at, next_attempt_at=at,
    )  # fmt: skip


def told() -> list[str]:
    return sorted(Message.objects.values_list("to", flat=True))


def test_all_is_well() -> None:
    look(AT)
    look(AT + timedelta(days=1))
    assert not Alarm.objects.exists()
    assert told() == []


def test_half_an_hour_of_patience_then_one_letter_to_each() -> None:
    stuck()
    look(AT)
    look(AT + HALF - timedelta(minutes=1))
    assert told() == []
    look(AT + HALF)
    assert told() == ["administrator@example.org", "treasurer@example.org"]
    letter = render(Message.objects.first() or Message(), outlet.current())
    assert "Some notifications could not be understood" in letter.subject
    assert "When the reason is gone, try them again." in letter.text
    assert "/staff/health/" in letter.text


def test_the_second_time_nothing_more_until_tomorrow() -> None:
    stuck()
    for minutes in (0, 30, 31, 90, 300):
        look(AT + timedelta(minutes=minutes))
    assert len(told()) == 2
    look(AT + timedelta(days=1))
    assert len(told()) == 4


def test_what_mends_itself_is_not_told_of() -> None:
    event = stuck()
    look(AT)
    event.delete()
    look(AT + HALF)
    assert told() == []
    alarm = Alarm.objects.get()
    assert alarm.ended_at == AT + HALF


def test_what_comes_and_goes_is_told_of_once_a_day() -> None:
    for hour in (0, 2, 4):
        event = stuck()
        look(AT + timedelta(hours=hour))
        look(AT + timedelta(hours=hour, minutes=40))
        event.delete()
        look(AT + timedelta(hours=hour, minutes=50))
    assert Alarm.objects.count() == 3
    assert len(told()) == 2


def test_two_troubles_are_two_letters() -> None:
    stuck()
    DayComparison.objects.create(
        gateway="stripe", day=AT, currency="EUR", compared_at=AT,
        wrong_since=AT - timedelta(days=2), only_ours_count=1,
    )  # fmt: skip
    look(AT)
    look(AT + HALF)
    kinds = set(Alarm.objects.values_list("kind", flat=True))
    assert kinds == {"events_stuck", "differences"}
    assert len(told()) == 4


@pytest.mark.parametrize(("hours", "is_old"), [(23, False), (25, True)])
def test_a_difference_may_be_a_late_notification(hours: int, is_old: bool) -> None:
    DayComparison.objects.create(
        gateway="stripe", day=AT, currency="EUR", compared_at=AT,
        wrong_since=AT - timedelta(hours=hours), only_ours_count=1,
    )  # fmt: skip
    look(AT)
    assert Alarm.objects.exists() == is_old


def test_a_silent_provider_and_a_queue_have_alarms_of_their_own() -> None:
    for hours in range(1, 30):
        InboundEvent.objects.create(
            gateway="paypal", event_id=f"m{hours}", kind="web_accept", body=b"", state="done",
            received_at=AT - timedelta(days=3, hours=hours), next_attempt_at=AT,
        )  # fmt: skip
    all_runs(AT)
    Heartbeat.objects.filter(name="queue:broadcasts").update(ended_at=AT - timedelta(hours=1))
    watch(at=AT)
    kinds = set(Alarm.objects.values_list("kind", flat=True))
    assert kinds == {"provider_silent:paypal", "queue_unread:broadcasts"}


def test_what_a_file_tells_is_no_sign_of_life() -> None:
    for days in range(20, 40):
        InboundEvent.objects.create(
            gateway="paypal", event_id=f"m{days}", kind="web_accept", body=b"", state="done",
            received_at=AT - timedelta(days=days), next_attempt_at=AT,
        )  # fmt: skip
    InboundEvent.objects.create(
        gateway="paypal", event_id="activity:1", kind="activity.row", body=b"", state="done",
        received_at=AT, next_attempt_at=AT, was_sent=False,
    )  # fmt: skip
    look(AT)
    assert Alarm.objects.get().kind == "provider_silent:paypal"


def test_in_the_language_of_who_reads_it() -> None:
    user = User.objects.get(email="treasurer@example.org")
    User.objects.filter(pk=user.pk).update(language="ro")
    stuck()
    look(AT)
    look(AT + HALF)
    assert Message.objects.get(to=user.email).language == "ro"
