"""The newsroom lets through, answers, declines, takes up, hides; each may be decided anew."""

import pytest

from donations.topics.models import Suggestion
from donations.topics.operations import moderating
from donations.topics.operations.moderating import IsMerged, NeedsAnswer
from donations.topics.queries import suggestions as queries
from tests.topics.asking import LATER, NOON, a_topic, opened, suggested

pytestmark = pytest.mark.django_db
State = Suggestion.State


def test_let_through_the_second_time() -> None:
    suggestion = suggested()
    assert moderating.let_through(suggestion=suggestion, at=NOON)
    assert not moderating.let_through(suggestion=suggestion, at=LATER)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.changed_at) == (State.OPEN, NOON)
    assert queries.shown(State.OPEN).get() == suggestion


def test_answer_and_take_the_answer_back() -> None:
    suggestion = opened()
    for said in (" We look\x00 at it.\r\n", " We look\x00 at it.\r\n", ""):
        moderating.answer(suggestion=suggestion, text=said)
        suggestion.refresh_from_db()
        assert suggestion.answer == ("We look at it." if said else "")


def test_decline_needs_an_answer() -> None:
    suggestion = opened()
    with pytest.raises(NeedsAnswer):
        moderating.decline(suggestion=suggestion, text=" \n", at=NOON)
    suggestion.refresh_from_db()
    assert suggestion.state == State.OPEN


def test_decline_the_second_time() -> None:
    suggestion = suggested()
    for at in (NOON, LATER):
        moderating.decline(suggestion=suggestion, text="We wrote about it in May.", at=at)
    shown = queries.shown(State.DECLINED).get()
    assert shown.answer == "We wrote about it in May."


def test_take_up_the_second_time() -> None:
    suggestion, topic = opened(), a_topic()
    assert moderating.take_up(suggestion=suggestion, topic=topic, at=NOON)
    assert not moderating.take_up(suggestion=suggestion, topic=topic, at=LATER)
    assert queries.shown(State.TAKEN_UP).get().topic == topic


def test_what_was_decided_may_be_opened_again() -> None:
    suggestion = opened()
    moderating.take_up(suggestion=suggestion, topic=a_topic(), at=NOON)
    assert moderating.let_through(suggestion=suggestion, at=LATER)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.topic) == (State.OPEN, None)


def test_hide_the_second_time_and_show_again() -> None:
    suggestion = opened()
    for is_hidden in (True, True, False):
        moderating.hide(suggestion=suggestion, is_hidden=is_hidden)
        assert queries.shown(State.OPEN).exists() is not is_hidden
    assert queries.counts()[State.OPEN] == 1


def test_what_is_merged_is_decided_with_the_other() -> None:
    merged = opened()
    moderating.merge(suggestion=merged, into=opened(), at=NOON)
    with pytest.raises(IsMerged):
        moderating.decline(suggestion=merged, text="No.", at=NOON)
    with pytest.raises(IsMerged):
        moderating.take_up(suggestion=merged, topic=a_topic(), at=NOON)
    assert not moderating.let_through(suggestion=merged, at=NOON)
    merged.refresh_from_db()
    assert merged.state == State.MERGED
