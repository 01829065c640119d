"""Supporters who have given ask for topics, and back what others ask for: one vote each."""

import pytest

from donations.topics.models import Suggestion, Vote
from donations.topics.operations import moderating, suggestions
from donations.topics.operations.suggestions import NotASupporter, NotOpen, TooManyWaiting
from donations.topics.queries import suggestions as queries
from tests.topics.asking import (
    LATER,
    NOON,
    a_giver,
    a_reader,
    a_topic,
    back,
    opened,
    suggested,
    voters,
)

pytestmark = pytest.mark.django_db


def test_a_suggestion_waits_and_its_suggester_backs_it() -> None:
    ana = a_giver()
    suggestion = suggested("Bread", by=ana, details="Who bakes it?", language="ro")
    assert (suggestion.title, suggestion.details, suggestion.language) == (
        "Bread",
        "Who bakes it?",
        "ro",
    )
    assert suggestion.state == Suggestion.State.NEW
    assert voters(suggestion) == {ana}
    assert not queries.shown(Suggestion.State.OPEN).exists()


def test_the_same_text_the_second_time() -> None:
    ana = a_giver()
    first = suggested("Bread", by=ana, details="Who\nbakes it?")
    again = suggested("  Bread \u202e ", by=ana, details="Who \r\nbakes  it?\n")
    assert again == first
    assert Vote.objects.count() == 1
    assert suggested("Bread", by=a_giver(), details="Who\nbakes it?") != first


def test_only_five_wait_at_once() -> None:
    ana = a_giver()
    first, *_rest = [suggested(by=ana) for _each in range(5)]
    with pytest.raises(TooManyWaiting):
        suggested("One more", by=ana)
    assert suggested(first.title, by=ana) == first
    moderating.let_through(suggestion=first, at=NOON)
    assert suggested("One more", by=ana).title == "One more"
    assert suggested("Somebody else's", by=a_giver()).title == "Somebody else's"


def test_who_never_gave_does_not_suggest_and_does_not_vote() -> None:
    eve, suggestion = a_reader(), opened()
    with pytest.raises(NotASupporter):
        suggested("Eve's", by=eve)
    with pytest.raises(NotASupporter):
        back(suggestion, eve)
    assert eve.proved_at is None
    assert not queries.may_take_part(eve)


def test_the_link_that_brought_them_proves_the_address() -> None:
    ana, ion = a_giver(), a_giver()
    suggestion = opened(by=ana)
    suggestions.vote(suggestion=suggestion, supporter=ion, at=LATER)
    for each in (ana, ion):
        each.refresh_from_db()
    assert (ana.proved_at, ion.proved_at) == (NOON, LATER)


def test_vote_the_second_time() -> None:
    ion, suggestion = a_giver(), opened()
    assert suggestions.vote(suggestion=suggestion, supporter=ion, at=NOON)
    assert not suggestions.vote(suggestion=suggestion, supporter=ion, at=LATER)
    assert Vote.objects.get(supporter=ion).at == NOON
    assert len(voters(suggestion)) == 2


def test_unvote_the_second_time() -> None:
    suggestion = opened()
    ion = back(suggestion)
    assert suggestions.unvote(suggestion=suggestion, supporter=ion)
    assert not suggestions.unvote(suggestion=suggestion, supporter=ion)
    assert ion not in voters(suggestion)


def test_what_is_not_open_cannot_be_backed() -> None:
    hidden, new, merged, declined, taken_up = opened(), suggested(), opened(), opened(), opened()
    moderating.hide(suggestion=hidden, is_hidden=True)
    moderating.merge(suggestion=merged, into=opened(), at=NOON)
    moderating.decline(suggestion=declined, text="Not now.", at=NOON)
    moderating.take_up(suggestion=taken_up, topic=a_topic(), at=NOON)
    for suggestion in (hidden, new, merged, declined, taken_up):
        with pytest.raises(NotOpen):
            back(suggestion)


def test_a_vote_is_taken_back_whatever_became_of_it() -> None:
    suggestion = opened()
    ion = back(suggestion)
    moderating.take_up(suggestion=suggestion, topic=a_topic(), at=NOON)
    assert suggestions.unvote(suggestion=suggestion, supporter=ion)


def test_steering_characters_are_left_out() -> None:
    title = "Evil \u202egnp.exe\u202c\u2066 \x07bell\x00 שלום"
    suggestion = suggested(title, details="a\x00b\u202ec\n\n\n\nd\u2028e")
    assert suggestion.title == "Evil gnp.exe bell שלום"
    assert suggestion.details == "a bc\n\nd\ne"


def test_the_most_wanted_comes_first() -> None:
    few, many = opened("Few"), opened("Many")
    back(many)
    assert list(queries.shown(Suggestion.State.OPEN)) == [many, few]
    assert queries.backed_by(few.supporter, [few, many]) == {few.pk}  # type: ignore[arg-type]
