"""When a broadcast may begin, and who may let it."""

from datetime import datetime, timedelta

import pytest

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast
from donations.outlet.models import Outlet
from donations.supporters.models import User
from donations.topics.models import Topic, TopicText
from tests.broadcasts.conftest import MakeFollower, begin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
State = Broadcast.State
HOUR = timedelta(hours=1)


def scheduled(broadcast: Broadcast, by: User, at: datetime, send_at: datetime) -> Broadcast:
    operations.schedule(broadcast=broadcast, send_at=send_at, max_lateness=HOUR, by=by, at=at)
    broadcast.refresh_from_db()
    return broadcast


def test_it_waits_for_its_time(broadcast: Broadcast, editor: User, at: datetime) -> None:
    scheduled(broadcast, editor, at, at + HOUR)
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert broadcast.state == State.SCHEDULED
    operations.run_due(at=at + HOUR)
    broadcast.refresh_from_db()
    assert broadcast.state == State.FINISHED, "nobody follows: there is nobody to wait for"


def test_a_stale_schedule_waits_for_a_person(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    scheduled(broadcast, editor, at, at)
    operations.run_due(at=at + 2 * HOUR)
    broadcast.refresh_from_db()
    assert broadcast.state == State.NEEDS_REVIEW
    assert "to be begun at 2026-05-01 09:30" in broadcast.problem
    later = at + 3 * HOUR
    assert operations.review_and_send(broadcast=broadcast, by=editor, at=later)
    assert not operations.review_and_send(broadcast=broadcast, by=editor, at=later)
    operations.run_due(at=later)
    broadcast.refresh_from_db()
    assert broadcast.state == State.SENDING


def test_only_a_draft_can_be_scheduled(broadcast: Broadcast, editor: User, at: datetime) -> None:
    scheduled(broadcast, editor, at, at + HOUR)
    with pytest.raises(operations.NotADraft):
        scheduled(broadcast, editor, at, at)


def test_back_to_a_draft(broadcast: Broadcast, editor: User, at: datetime) -> None:
    scheduled(broadcast, editor, at, at + HOUR)
    assert operations.unschedule(broadcast=broadcast, at=at)
    assert not operations.unschedule(broadcast=broadcast, at=at)
    operations.run_due(at=at + HOUR)
    broadcast.refresh_from_db()
    assert (broadcast.state, broadcast.approved_by, broadcast.send_at) == (State.DRAFT, None, None)


def test_not_while_somebody_is_on_the_list(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    begin(broadcast, editor)
    assert not operations.unschedule(broadcast=broadcast, at=at)


@pytest.mark.parametrize("missing", ["texts", "publication"])
def test_nothing_to_say(
    broadcast: Broadcast, topic: Topic, editor: User, at: datetime, missing: str
) -> None:
    if missing == "texts":
        TopicText.objects.all().delete()
    else:
        Topic.objects.update(state=Topic.State.DRAFT)
    broadcast = Broadcast.objects.get(pk=broadcast.pk)
    with pytest.raises(operations.NothingToSay):
        scheduled(broadcast, editor, at, at)


def test_four_eyes(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    Outlet.objects.update(needs_four_eyes=True)
    follower(1)
    colleague = User.objects.create_user("colleague@example.org", is_staff=True)
    scheduled(broadcast, editor, at, at)
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert broadcast.state == State.SCHEDULED
    with pytest.raises(operations.AuthorMayNotApprove):
        operations.approve(broadcast=broadcast, by=editor, at=at)
    assert operations.approve(broadcast=broadcast, by=colleague, at=at)
    assert not operations.approve(broadcast=broadcast, by=colleague, at=at)
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert broadcast.state == State.SENDING


def test_four_eyes_for_a_late_one_too(broadcast: Broadcast, editor: User, at: datetime) -> None:
    Outlet.objects.update(needs_four_eyes=True)
    colleague = User.objects.create_user("colleague@example.org", is_staff=True)
    scheduled(broadcast, editor, at, at)
    operations.approve(broadcast=broadcast, by=colleague, at=at)
    operations.run_due(at=at + 2 * HOUR)
    with pytest.raises(operations.AuthorMayNotApprove):
        operations.review_and_send(broadcast=broadcast, by=editor, at=at + 2 * HOUR)


def test_an_approval_ends_with_a_new_draft(
    broadcast: Broadcast, editor: User, at: datetime
) -> None:
    Outlet.objects.update(needs_four_eyes=True)
    colleague = User.objects.create_user("colleague@example.org", is_staff=True)
    scheduled(broadcast, editor, at, at + HOUR)
    operations.approve(broadcast=broadcast, by=colleague, at=at)
    operations.unschedule(broadcast=broadcast, at=at)
    scheduled(broadcast, editor, at, at)
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert broadcast.state == State.SCHEDULED


def test_changes_of_a_draft_alone(broadcast: Broadcast, editor: User, at: datetime) -> None:
    audience = operations.Audience(languages=("ro",), support="recurring")
    words = {"ro": operations.Words(subject=" Salut ", preface="Bună")}
    operations.edit(broadcast=broadcast, audience=audience, editions=words, by=editor, at=at)
    broadcast.refresh_from_db()
    assert broadcast.languages == ["ro"]
    assert broadcast.editions.get(language="ro").subject == "Salut"
    scheduled(broadcast, editor, at, at + HOUR)
    with pytest.raises(operations.NotADraft):
        operations.edit(broadcast=broadcast, audience=audience, editions=words, by=editor, at=at)
