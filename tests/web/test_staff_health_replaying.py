"""The health page: notifications in trouble, each tried again with one button."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.history.models import Change
from donations.models import InboundEvent, User
from donations.webhooks import operations as webhooks
from tests.web.desk import text_of
from tests.web.events import PATH, State, an_event

pytestmark = pytest.mark.usefixtures("everything_runs", "hints")
Counted = Callable[[int], Any]


@pytest.mark.parametrize(("attempts", "is_listed"), [(2, False), (7, True)])
def test_what_waits_is_listed_once_it_was_tried_often(
    attempts: int, is_listed: bool, desk: Client
) -> None:
    an_event(State.PENDING, attempts=attempts)
    page = text_of(desk.get(PATH))
    assert ("charge.refunded" in page) == is_listed
    assert "Everything works" in page


def test_each_kind_has_its_list(desk: Client) -> None:
    an_event(State.PARKED, kind="parked.kind", error="NotOurs: another account")
    an_event(State.REJECTED, kind="rejected.kind")
    an_event(State.DONE, kind="done.kind")
    for show, here, away in (
        ("parked", "parked.kind", "rejected.kind"),
        ("rejected", "rejected.kind", "parked.kind"),
        ("nonsense", "Everything that came was understood.", "parked.kind"),
    ):
        page = text_of(desk.get(PATH, {"show": show}))
        assert here in page
        assert away not in page
        assert "done.kind" not in page


def test_one_with_everything_that_was_noted_and_nothing_of_its_body(desk: Client) -> None:
    stuck = an_event()
    page = text_of(desk.get(f"{PATH}{stuck.pk}/"))
    assert "It was tried many times, and is tried no more." in page
    assert "Tried 100 times" in page
    assert "line 1 KeyError: 'amount'" in page
    assert "of the reader" not in page


def test_tried_again(
    desk: Client, hints: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    stuck = an_event()
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(f"{PATH}{stuck.pk}/again/", follow=True)
    assert "It is being tried again." in text_of(answer)
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts) == (State.PENDING, 0)
    assert stuck.next_attempt_at <= timezone.now()
    assert hints == ["process"]
    assert InboundEvent.objects.due(at=timezone.now()).get() == stuck


@pytest.mark.parametrize("changes", [{"state": State.DONE}, {"state": State.PARKED, "attempts": 0}])
def test_nothing_to_try_again(changes: dict[str, Any], desk: Client, hints: list[str]) -> None:
    """It is in the books already; or it is of another mode, and was never to be read."""
    left = an_event(**changes)
    assert "Try again" not in text_of(desk.get(f"{PATH}{left.pk}/"))
    answer = desk.post(f"{PATH}{left.pk}/again/", follow=True)
    assert "There is nothing to try again." in text_of(answer)
    left.refresh_from_db()
    assert left.state == changes["state"]
    assert hints == []
    assert not webhooks.wake(event_id=0, at=timezone.now())


def test_one_that_is_not_there(desk: Client) -> None:
    assert desk.get(f"{PATH}99/").status_code == 404
    assert desk.post(f"{PATH}99/again/").status_code == 404


def test_more_notifications_are_no_more_queries(
    desk: Client, django_assert_num_queries: Counted
) -> None:
    for number in range(30):
        an_event(kind=f"kind.{number}")
    desk.get(PATH)
    with django_assert_num_queries(16):
        page = text_of(desk.get(PATH))
    assert page.count("KeyError") == 25
    assert "Page 1 of 2" in page
    assert "kind.0 " in text_of(desk.get(PATH, {"page": 2}))


def test_who_may_not_try_again_is_not_offered_it(client: Client, hints: list[str]) -> None:
    stuck = an_event()
    client.force_login(User.objects.create_user("ed@example.org", is_staff=True, role="editor"))
    page = client.get(PATH).content.decode() + client.get(f"{PATH}{stuck.pk}/").content.decode()
    assert "again/" not in page
    assert client.post(f"{PATH}{stuck.pk}/again/").status_code == 403
    assert client.post(f"{PATH}again/").status_code == 403
    assert hints == []


def test_trying_again_is_in_the_history(desk: Client, editor: User) -> None:
    stuck = an_event()
    desk.post(f"{PATH}{stuck.pk}/again/")
    change = Change.objects.get()
    assert (change.what, change.by, change.about_id) == ("event.replayed", editor, str(stuck.pk))
    assert change.before == {"state": "stuck", "attempts": 100}
    assert change.after == {"state": "pending", "attempts": 0}


def test_all_that_failed_at_once(
    desk: Client, hints: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    for _number in range(3):
        an_event()
    an_event(State.PARKED, attempts=0)
    an_event(State.DONE)
    assert "Try all 3 that failed again" in text_of(desk.get(PATH))
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(f"{PATH}again/", follow=True)
    assert "3 notifications are being tried again." in text_of(answer)
    assert "that failed again" not in text_of(answer)
    assert InboundEvent.objects.due(at=timezone.now()).count() == 3
    assert Change.objects.filter(what="event.replayed").count() == 3
    assert hints == ["process"]
    assert "There is nothing to try again." in text_of(desk.post(f"{PATH}again/", follow=True))
    assert Change.objects.count() == 3
