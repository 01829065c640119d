"""Nobody's words reach readers alone, where the newsroom wants four eyes."""

from datetime import datetime, timedelta

import pytest

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Edition
from donations.outlet.models import Outlet
from donations.supporters.models import User
from donations.topics.models import TopicText
from tests.broadcasts.conftest import MakeFollower

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
State = Broadcast.State
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _four_eyes() -> None:
    Outlet.objects.update(needs_four_eyes=True)


@pytest.fixture
def colleague() -> User:
    return User.objects.create_user("colleague@example.org", is_staff=True)


def schedule(broadcast: Broadcast, by: User, at: datetime) -> None:
    operations.schedule(broadcast=broadcast, send_at=at, max_lateness=HOUR, by=by, at=at)
    broadcast.refresh_from_db()


def edit(broadcast: Broadcast, by: User, subject: str, at: datetime) -> None:
    words = {"en": operations.Words(subject=subject)}
    operations.edit(
        broadcast=broadcast, audience=operations.Audience(), editions=words, by=by, at=at
    )
    broadcast.refresh_from_db()


def test_who_changes_anothers_draft_does_not_approve_it(
    broadcast: Broadcast, editor: User, colleague: User, at: datetime
) -> None:
    edit(broadcast, colleague, "Something else", at)
    schedule(broadcast, colleague, at)
    with pytest.raises(operations.AuthorMayNotApprove):
        operations.approve(broadcast=broadcast, by=colleague, at=at)
    assert operations.approve(broadcast=broadcast, by=editor, at=at)


def test_who_saves_without_a_change_wrote_nothing(
    broadcast: Broadcast, editor: User, colleague: User, at: datetime
) -> None:
    edit(broadcast, editor, "Bridges", at)
    edit(broadcast, colleague, "Bridges", at)
    assert broadcast.author == editor


def test_another_audience_is_a_change(broadcast: Broadcast, colleague: User, at: datetime) -> None:
    everybody = operations.Audience(to_every_section=True)
    operations.edit(broadcast=broadcast, audience=everybody, editions={}, by=colleague, at=at)
    broadcast.refresh_from_db()
    assert broadcast.author == colleague


def test_what_was_approved_is_what_is_sent(
    broadcast: Broadcast, editor: User, colleague: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    schedule(broadcast, editor, at)
    operations.approve(broadcast=broadcast, by=colleague, at=at)
    TopicText.objects.filter(language="en").update(title="Nobody has approved this")
    operations.run_due(at=at)
    assert broadcast.editions.get(language="en").frozen_subject == "Who owns the bridges?"


def test_a_new_draft_is_sent_in_its_new_words(
    broadcast: Broadcast, editor: User, colleague: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    schedule(broadcast, editor, at)
    operations.unschedule(broadcast=broadcast, at=at)
    assert not Edition.objects.exclude(frozen_html="").exists()
    edit(broadcast, editor, "The new words", at)
    schedule(broadcast, editor, at)
    operations.approve(broadcast=broadcast, by=colleague, at=at)
    operations.run_due(at=at)
    assert broadcast.editions.get(language="en").frozen_subject == "The new words"


def test_what_was_changed_since_one_looked_is_not_approved(
    broadcast: Broadcast, editor: User, colleague: User, at: datetime
) -> None:
    schedule(broadcast, editor, at)
    seen = broadcast.changed_at
    operations.unschedule(broadcast=broadcast, at=at + HOUR)
    edit(broadcast, editor, "Slipped in", at + HOUR)
    schedule(broadcast, editor, at + HOUR)
    later = at + HOUR
    assert not operations.approve(broadcast=broadcast, by=colleague, at=later, seen=seen)
    seen = broadcast.changed_at
    assert operations.approve(broadcast=broadcast, by=colleague, at=later, seen=seen)
