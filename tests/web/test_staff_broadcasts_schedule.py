"""What will happen is said before anything is decided, and a colleague may have to agree."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations.broadcasts import operations as broadcasts
from donations.models import Bucket, User
from tests.web.desk import NOON, text_of
from tests.web.mailings import a_draft, a_follower, four_eyes, questions, scheduled

DAY = timezone.now().date() + timedelta(days=30)
WRITTEN = f"{DAY.day} {DAY:%B} {DAY.year} at 10:30"
NOW = {"when": "now", "hours_late": "6"}
LATER = {"when": "later", "day": DAY.isoformat(), "hour": "10:30", "hours_late": "2"}


@pytest.fixture
def colleague() -> Client:
    client = Client()
    client.force_login(
        User.objects.create_user("second@example.org", is_staff=True, role="administrator")
    )
    return client


def address(broadcast: Any, page: str = "schedule") -> str:
    return f"/staff/broadcasts/{broadcast.pk}/{page}/"


def test_it_says_what_will_happen_and_changes_nothing(desk: Client, editor: User) -> None:
    a_follower(language="ro")
    a_follower()
    a_follower()
    draft = a_draft(editor)
    assert "What will happen?" in text_of(desk.get(address(draft)))

    page = text_of(desk.get(address(draft), NOW))

    assert "Now this mail goes to 3 people: English (2) and Romanian (1)." in page
    assert "Send it now" in page
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_at_a_time_of_the_newsroom_s_zone(desk: Client, editor: User, settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Chisinau"
    a_follower()
    draft = a_draft(editor)
    page = text_of(desk.get(address(draft), LATER))
    assert "time zone, Europe/Chisinau" in page
    assert f"On {WRITTEN} this mail goes to 1 person: English (1)." in page
    assert f"Schedule it for {WRITTEN}" in page

    desk.post(address(draft), LATER)

    draft.refresh_from_db()
    assert draft.state == "scheduled"
    assert draft.send_at == datetime.combine(DAY, time(10, 30), ZoneInfo("Europe/Chisinau"))
    assert draft.max_lateness == timedelta(hours=2)
    assert draft.approved_by == editor


def test_how_long_it_takes_at_the_limit(desk: Client, editor: User) -> None:
    for _each in range(3):
        a_follower()
    Bucket.objects.create(name="broadcasts", per_minute=1, filled_at=NOON)
    page = text_of(desk.get(address(a_draft(editor)), NOW))
    assert "At the limit of 1 mails a minute that takes about 3 minutes." in page


def test_now_begins_at_once(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    response = desk.post(address(draft), NOW)
    assert response.headers["Location"] == f"/staff/broadcasts/{draft.pk}/"
    draft.refresh_from_db()
    assert draft.send_at is not None
    assert draft.send_at <= timezone.now()


def test_scheduling_the_second_time(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    desk.post(address(draft), LATER)
    page = text_of(desk.post(address(draft), LATER | {"hour": "11:30"}, follow=True))
    assert "has moved on in the meantime" in page
    draft.refresh_from_db()
    assert draft.send_at is not None
    assert draft.send_at.time() == time(10, 30)
    assert desk.get(address(draft)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"day": "2020-01-01"}, "This time is over."),
        ({"day": ""}, "Choose a date."),
        ({"hour": ""}, "Choose a time."),
        ({"day": "soon"}, "Enter a valid date."),
        ({"hour": "99:99"}, "Enter a valid time."),
        ({"hours_late": "0"}, "1 or more"),
        ({"hours_late": "99999"}, "This number is too large"),
        ({"when": "never"}, "Select a valid choice."),
        ({"day": "9999-12-31", "hour": "23:59"}, "more than a year away."),
        ({"day": "0001-01-01", "hour": "00:00"}, "This time is over."),
    ],
)
def test_a_time_that_is_none(
    desk: Client, editor: User, settings: Settings, changes: dict[str, str], told: str
) -> None:
    settings.TIME_ZONE = "America/New_York"
    draft = a_draft(editor)
    for ask in (desk.get, desk.post):
        response = ask(address(draft), LATER | changes)
        assert response.status_code == 422
        assert told in text_of(response)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_topic_that_is_not_published(desk: Client, editor: User) -> None:
    draft = a_draft(editor, state="draft", published_at=None)
    assert "The topic is not published yet." in text_of(desk.get(address(draft)))
    page = text_of(desk.post(address(draft), NOW, follow=True))
    assert "there is nothing to send yet." in page
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_second_broadcast_about_a_topic(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    told = "Another broadcast about this topic went out already"
    other = broadcasts.draft(topic=draft.topic, by=editor, at=NOON)
    assert told not in text_of(desk.get(address(other)))
    desk.post(address(draft), NOW)
    assert told in text_of(desk.get(address(other)))


def test_nobody_to_send_to(desk: Client, editor: User) -> None:
    assert "Nobody would get it" in text_of(desk.get(address(a_draft(editor))))


def test_four_eyes(desk: Client, editor: User, colleague: Client) -> None:
    four_eyes()
    a_follower()
    draft = a_draft(editor)
    assert "Hand it to a colleague for approval" in text_of(desk.get(address(draft), LATER))
    page = text_of(desk.post(address(draft), LATER, follow=True))
    assert "It waits for a colleague: you wrote it, so somebody else has to approve it." in page
    assert "Approve " not in page

    refused = text_of(desk.post(address(draft, "approve"), follow=True))
    assert "You wrote it, so somebody else has to approve it." in refused
    draft.refresh_from_db()
    assert draft.approved_at is None

    page = text_of(colleague.get(address(draft, "")[:-1]))
    assert "editor@example.org wrote it." in page
    assert "goes to 1 person" in page
    page = text_of(colleague.post(address(draft, "approve"), follow=True))
    assert "Approved. It begins at its time." in page
    draft.refresh_from_db()
    assert draft.approved_by is not None
    assert draft.approved_by.email == "second@example.org"


def test_what_was_changed_since_the_page_was_opened_is_not_approved(
    desk: Client, editor: User, colleague: Client
) -> None:
    four_eyes()
    planned = scheduled(editor)
    page = colleague.get(address(planned, "")[:-1]).content.decode()
    seen = planned.changed_at.isoformat()
    assert f'value="{seen}"' in page
    desk.post(address(planned, "unschedule"))
    desk.post(address(planned), NOW)
    told = text_of(colleague.post(address(planned, "approve"), {"seen": seen}, follow=True))
    assert "This broadcast has moved on in the meantime" in told
    planned.refresh_from_db()
    assert (planned.state, planned.approved_at) == ("scheduled", None)


def test_approving_the_second_time(editor: User, colleague: Client) -> None:
    four_eyes()
    planned = scheduled(editor)
    colleague.post(address(planned, "approve"))
    planned.refresh_from_db()
    first = planned.approved_at
    page = text_of(colleague.post(address(planned, "approve"), follow=True))
    assert "has moved on in the meantime" in page
    planned.refresh_from_db()
    assert planned.approved_at == first


def test_the_switch_for_four_eyes_is_in_the_records(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    page = client.get("/admin/donations/outlet/1/change/").content.decode()
    assert 'name="needs_four_eyes"' in page
    assert "only when somebody else than its author has approved it" in page


def test_the_page_asks_a_fixed_number_of_questions(desk: Client, editor: User) -> None:
    a_follower()
    page = address(a_draft(editor)) + "?when=now&hours_late=6"
    before = questions(desk, page)
    for _each in range(5):
        a_follower(language="ro")
    assert questions(desk, page) == before <= 5
