"""Readers vote while the newsroom merges and two sweeps tell: one vote, one letter, no deadlock."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from donations.outbox.models import Message
from donations.topics.models import Suggestion, Vote
from donations.topics.operations import moderating, suggestions
from donations.topics.operations.telling import tell_backers
from tests.services.together import at_once
from tests.topics.asking import LATER, NOON, a_giver, a_topic, back, opened, publish, voters

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 10


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


def quietly(act: Callable[[], object], *refusals: type[Exception]) -> Callable[[], bool]:
    """Whether it was done; what may be refused is no failure."""

    def tried() -> bool:
        try:
            act()
        except refusals:
            return False
        return True

    return tried


def test_many_clicks_are_one_vote() -> None:
    suggestion, ion = opened(), a_giver()
    click = partial(suggestions.vote, suggestion=suggestion, supporter=ion, at=NOON)
    assert sum(at_once(*[click] * 8)) == 1
    assert Vote.objects.filter(supporter=ion).count() == 1


def test_many_clicks_are_one_suggestion_and_no_more_than_five_wait() -> None:
    ana = a_giver()
    said = partial(suggestions.suggest, supporter=ana, language="en", details="", at=NOON)
    same = partial(said, title="Bread")
    assert len(set(at_once(*[same] * 6))) == 1
    others = [
        quietly(partial(said, title=f"Other {n}"), suggestions.TooManyWaiting) for n in range(8)
    ]
    assert sum(at_once(*others)) == 4


def test_no_vote_is_lost_while_two_are_merged() -> None:
    for _round in range(ROUNDS):
        bread, bakers, people = opened(), opened(), [a_giver() for _each in range(4)]
        votes = [
            quietly(
                partial(suggestions.vote, suggestion=bread, supporter=each, at=NOON),
                suggestions.NotOpen,
            )
            for each in people
        ]
        merge = quietly(partial(moderating.merge, suggestion=bread, into=bakers, at=NOON))
        done = at_once(*votes, merge)[:4]
        assert {each for each, is_done in zip(people, done, strict=True) if is_done} <= voters(
            bakers
        )
        assert not Vote.objects.filter(suggestion=bread).exists()


def test_merged_into_each_other_at_once_one_stays() -> None:
    for _round in range(ROUNDS):
        one, two, three = opened(), opened(), opened()
        rings = [(one, two), (two, three), (three, one)]
        acts = [
            quietly(
                partial(moderating.merge, suggestion=each, into=other, at=NOON),
                moderating.CannotMerge,
            )
            for each, other in rings
        ]
        at_once(*acts)
        standing = Suggestion.objects.filter(pk__in=[one.pk, two.pk, three.pk]).open()
        assert standing.exists()
        assert sum(len(voters(each)) for each in standing) == 3


def test_two_sweeps_tell_everybody_once() -> None:
    for _round in range(ROUNDS):
        suggestion = opened()
        for _each in range(5):
            back(suggestion)
        moderating.take_up(suggestion=suggestion, topic=publish(a_topic()), at=NOON)
        before = Message.objects.count()
        assert sum(at_once(*[partial(tell_backers, at=LATER)] * 4)) == 6
        assert Message.objects.count() == before + 6
