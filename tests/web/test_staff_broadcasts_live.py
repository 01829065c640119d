"""A broadcast is watched while it runs, and every button may be pressed twice."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from donations.broadcasts.models import Broadcast
from donations.models import User
from donations.web.staff.broadcasts.steps import STEPS
from tests.web.desk import NOON, text_of
from tests.web.mailings import (
    a_draft,
    a_follower,
    begun,
    forgotten,
    four_eyes,
    questions,
    scheduled,
    settle,
)


@pytest.fixture
def four(db: None) -> None:
    """People, one of whom never confirmed."""
    for _each in range(4):
        a_follower()
    a_follower(confirmed_at=None)


def page_of(desk: Client, broadcast: Broadcast) -> str:
    cache.clear()
    return text_of(desk.get(f"/staff/broadcasts/{broadcast.pk}/"))


def press(desk: Client, broadcast: Broadcast, name: str) -> str:
    cache.clear()
    told = desk.post(f"/staff/broadcasts/{broadcast.pk}/{name}/", follow=True)
    broadcast.refresh_from_db()
    return text_of(told)


def test_while_it_runs(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    settle(running, sent=2, failed=1)

    page = page_of(desk, running)

    assert "Being sent: 70 % done." in page
    assert "3 of 4 done" in page
    assert "the pace is not known yet" in page
    assert "Sent 2 Waiting 1 Failed 1 Uncertain 0 Left meanwhile 0" in page
    assert "550 5.7.1 not here 1" in page
    assert "has not confirmed the address yet 1" in page
    for button in ("Pause", "Cancel it for good", "Try the 1 failed one again"):
        assert button in page


def test_without_script_it_looks_again_by_itself(desk: Client, editor: User, four: None) -> None:
    refresh = '<meta http-equiv="refresh"'
    running = begun(editor)
    page = desk.get(f"/staff/broadcasts/{running.pk}/").content.decode()
    assert f"<noscript>{refresh}" in page.replace("\n", "").replace("  ", "")
    assert "Look again now" in page
    settle(running, sent=4)
    assert refresh not in desk.get(f"/staff/broadcasts/{running.pk}/").content.decode()


def test_the_part_that_the_script_asks_for(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    address = f"/staff/broadcasts/{running.pk}/live/"
    part = desk.get(address)
    assert b"<html" not in part.content
    assert b"data-moves" in part.content
    assert "no-store" in part.headers["Cache-Control"]
    settle(running, sent=4)
    cache.clear()
    part = desk.get(address)
    assert b"data-moves" not in part.content
    assert "Finished: 4 of 4 mails have left." in part.content.decode()


@pytest.mark.parametrize(("page", "most"), [("", 5), ("live/", 2)])
def test_the_number_of_questions_does_not_grow(
    desk: Client, editor: User, four: None, page: str, most: int
) -> None:
    running = begun(editor)
    settle(running, sent=1, failed=1)
    address = f"/staff/broadcasts/{running.pk}/{page}"
    cache.clear()
    before = questions(desk, address)
    settle(running, failed=1)
    assert questions(desk, address) == before <= most


def test_pause_and_go_on(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    assert "Paused. Mails that are on the wire" in press(desk, running, "pause")
    assert running.state == "paused"
    assert "has moved on in the meantime" in press(desk, running, "pause")
    assert "Paused: 0 of 4 mails have left." in page_of(desk, running)
    assert "It goes on." in press(desk, running, "resume")
    assert running.state == "sending"
    assert "has moved on in the meantime" in press(desk, running, "resume")


def test_cancel(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    settle(running, sent=1)
    assert "Canceled. Nobody else gets it." in press(desk, running, "cancel")
    assert running.state == "canceled"
    page = press(desk, running, "cancel")
    assert "has moved on in the meantime" in page
    assert "Canceled: 1 of 4 mails had left by then." in page
    assert "Cancel it for good" not in page


def test_a_draft_is_thrown_away(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    page = press(desk, draft, "cancel")
    assert draft.state == "canceled"
    assert "Canceled before anything had left." in page


def test_only_the_failed_are_tried_again(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    settle(running, sent=2, failed=2)
    assert running.state == "finished"
    assert "2 people are tried again." in press(desk, running, "retry")
    assert running.state == "sending"
    assert running.deliveries.filter(state="pending").count() == 2
    assert "has moved on in the meantime" in press(desk, running, "retry")


def test_the_uncertain_are_sent_again(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    settle(running, sent=2, uncertain=2)
    page = page_of(desk, running)
    assert "2 mails are uncertain: the line broke" in page
    assert "Leave it at that" in page
    assert "It is sent again to 2 people." in press(desk, running, "resend")
    assert running.state == "sending"
    assert "has moved on in the meantime" in press(desk, running, "resend")


def test_the_uncertain_are_left(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    settle(running, sent=3, uncertain=1)
    assert "1 mail is uncertain: the line broke" in page_of(desk, running)
    page = press(desk, running, "leave")
    assert "Left as it is" in page
    assert "uncertain: the line broke" not in page
    assert "has moved on in the meantime" in press(desk, running, "leave")


def test_what_was_called_off_is_not_sent_again(desk: Client, editor: User, four: None) -> None:
    """Not even to those who are uncertain: there is nothing to decide."""
    running = begun(editor)
    settle(running, sent=2, uncertain=1)
    press(desk, running, "cancel")
    page = page_of(desk, running)
    assert "Uncertain 1" in page
    assert "Send again to" not in page
    assert "Leave it at that" not in page


def test_what_is_scheduled_becomes_a_draft_again(desk: Client, editor: User, four: None) -> None:
    planned = scheduled(editor)
    page = page_of(desk, planned)
    assert "this mail goes to 4 people: English (4)." in page
    assert "It may begin up to 6 hours late" in page
    assert "Approved by editor@example.org" in page
    assert "It is a draft again." in press(desk, planned, "unschedule")
    assert planned.state == "draft"
    assert "has moved on in the meantime" in press(desk, planned, "unschedule")


def test_what_was_forgotten_is_sent_anyway(desk: Client, editor: User, four: None) -> None:
    late = forgotten(editor)
    page = page_of(desk, late)
    assert "and then it was too late." in page
    assert "Sent now, it goes to 4 people." in page
    for button in ("Send it anyway", "Back to the draft", "Cancel it for good"):
        assert button in page
    assert "It goes out now." in press(desk, late, "review")
    assert late.state == "scheduled"
    assert "has moved on in the meantime" in press(desk, late, "review")


def test_what_was_forgotten_needs_four_eyes_too(desk: Client, editor: User, four: None) -> None:
    late = forgotten(editor)
    four_eyes()
    page = page_of(desk, late)
    assert "To send it, a colleague has to look: you wrote it." in page
    assert "Send it anyway" not in page
    assert "You wrote it, so somebody else has to approve it." in press(desk, late, "review")
    assert late.state == "needs_review"


def test_a_list_that_does_not_add_up(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    Broadcast.objects.filter(pk=running.pk).update(
        state="needs_review", problem="The list has 4 rows for 5 candidates."
    )
    page = page_of(desk, running)
    assert "The list of people does not add up" in page
    assert "do not balance" in page
    assert "Send it anyway" not in page
    assert "Back to the draft" not in page


def test_what_came_back(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    settle(running, sent=4)
    running.deliveries.filter(state="sent").update(bounced_at=NOON, delivered_at=NOON)
    page = page_of(desk, running)
    assert "Arrived, as providers told 4 Came back 4 Reported as spam 0" in page


def test_it_paused_by_itself(desk: Client, editor: User, four: None) -> None:
    running = begun(editor)
    problem = "20 refusals in a row, the last: 554 blocked"
    Broadcast.objects.filter(pk=running.pk).update(state="paused", problem=problem)
    page = page_of(desk, running)
    assert "The last one said: 554 blocked" in page
    assert "Go on" in page


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_no_link(desk: Client, editor: User, name: str) -> None:
    planned = scheduled(editor)
    assert desk.get(f"/staff/broadcasts/{planned.pk}/{name}/").status_code == 405
    planned.refresh_from_db()
    assert planned.state == "scheduled"


def test_a_step_that_there_is_not(desk: Client, editor: User) -> None:
    planned = scheduled(editor)
    assert desk.post(f"/staff/broadcasts/{planned.pk}/explode/").status_code == 404
    assert desk.post("/staff/broadcasts/999999/pause/").status_code == 404


@pytest.mark.parametrize("name", STEPS)
def test_a_step_too_early(desk: Client, editor: User, name: str) -> None:
    draft = a_draft(editor)
    press(desk, draft, name)
    assert draft.state == ("canceled" if name == "cancel" else "draft")


def test_a_draft_has_its_own_pages(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    response: Any = desk.get(f"/staff/broadcasts/{draft.pk}/")
    assert response.headers["Location"] == f"/staff/broadcasts/{draft.pk}/edit/"


def test_a_page_that_was_opened_before_the_list_was_written_gets_the_way_to_it(
    desk: Client, editor: User, four: None
) -> None:
    """It is in a part that the script brings up to date, and the parts are as many as before."""
    broadcast = begun(editor)
    live, people = (f"/staff/broadcasts/{broadcast.pk}/{name}/" for name in ("live", "people"))
    Broadcast.objects.filter(pk=broadcast.pk).update(state="freezing", frozen_at=None)
    cache.clear()
    before = desk.get(live).content.decode()
    Broadcast.objects.filter(pk=broadcast.pk).update(state="finished", frozen_at=NOON)
    cache.clear()
    after = desk.get(live).content.decode()
    assert f'href="{people}"' not in before
    assert f'href="{people}"' in after.split('data-part="people"')[1]
    assert before.count("data-part") == after.count("data-part")
