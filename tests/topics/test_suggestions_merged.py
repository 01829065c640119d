"""Two that ask for the same become one, with each voter once; and apart again, as before."""

import random

import pytest

from donations.topics.models import Suggestion, Vote
from donations.topics.operations import moderating, suggestions
from donations.topics.operations.moderating import CannotMerge
from tests.topics.asking import LATER, NOON, a_giver, a_topic, back, opened, suggested, voters

pytestmark = pytest.mark.django_db
State = Suggestion.State


def merge(suggestion: Suggestion, into: Suggestion) -> Suggestion:
    target = moderating.merge(suggestion=suggestion, into=into, at=NOON)
    suggestion.refresh_from_db()
    return target


def unmerge(suggestion: Suggestion) -> bool:
    done = moderating.unmerge(suggestion=suggestion, at=LATER)
    suggestion.refresh_from_db()
    return done


def test_votes_move_and_one_of_each_stays() -> None:
    ana, ion = a_giver(), a_giver()
    bread, bakers = opened(by=ana), opened(by=ion)
    both, one = back(bread), back(bread)
    back(bakers, both)

    assert merge(bread, bakers) == bakers

    assert voters(bakers) == {ana, ion, both, one}
    assert (bread.state, bread.merged_into) == (State.MERGED, bakers)


def test_merge_the_second_time() -> None:
    bread, bakers = opened(), opened()
    merge(bread, bakers)
    assert merge(bread, bakers) == bakers
    assert Vote.objects.filter(suggestion=bakers).count() == 2


def test_apart_again_as_it_stood_before() -> None:
    bread, bakers = suggested(), opened()
    both = back(bakers, bread.supporter)
    before = (voters(bread), voters(bakers))
    merge(bread, bakers)
    later = back(bakers)

    assert unmerge(bread)
    assert not unmerge(bread)

    assert (bread.state, bread.merged_into) == (State.NEW, None)
    assert (voters(bread), voters(bakers)) == (before[0], before[1] | {later})
    assert both in voters(bakers)


def test_no_circles() -> None:
    one, two, three = opened(), opened(), opened()
    merge(one, two)
    merge(two, three)
    for suggestion, into in ((three, one), (three, two), (three, three)):
        with pytest.raises(CannotMerge):
            merge(suggestion, into)
    assert len(voters(three)) == 3


def test_into_what_is_merged_itself_leads_to_the_end() -> None:
    one, two, three = opened(), opened(), opened()
    merge(two, three)
    assert merge(one, two) == three
    assert one.merged_into == three


def test_a_topic_already_stays_by_itself() -> None:
    bread, bakers = opened(), opened()
    moderating.take_up(suggestion=bread, topic=a_topic(), at=NOON)
    with pytest.raises(CannotMerge):
        merge(bread, bakers)
    assert merge(bakers, bread) == bread


def test_merged_already_goes_nowhere_else() -> None:
    one, two, three = opened(), opened(), opened()
    merge(one, two)
    with pytest.raises(CannotMerge):
        merge(one, three)


def test_a_chain_comes_apart_in_any_order() -> None:
    one, two, three = opened(), opened(), opened()
    mine = [voters(each) for each in (one, two, three)]
    merge(one, two)
    merge(two, three)
    unmerge(one)
    assert voters(one) == mine[0]
    assert voters(three) == mine[1] | mine[2]
    unmerge(two)
    assert [voters(each) for each in (one, two, three)] == mine


def test_a_vote_taken_back_is_gone_wherever_it_was_cast() -> None:
    bread, bakers = opened(), opened()
    both = back(bread)
    back(bakers, both)
    merge(bread, bakers)
    assert suggestions.unvote(suggestion=bakers, supporter=both)
    unmerge(bread)
    assert both not in voters(bread) | voters(bakers)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_merged_and_taken_apart_nobody_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    people, asked = [a_giver() for _each in range(4)], [opened() for _each in range(5)]
    for each in asked:
        for person in chance.sample(people, 2):
            back(each, person)
    before = [voters(each) for each in asked]
    for _step in range(30):
        one, other = chance.sample(asked, 2)
        try:
            merge(one, other)
        except CannotMerge:
            unmerge(chance.choice(asked))
    standing = {each: moderating.root_of(Suggestion.objects.get(pk=each.pk)) for each in asked}
    for root in set(standing.values()):
        brought = [before[n] for n, each in enumerate(asked) if standing[each] == root]
        assert voters(root) == set().union(*brought)
    for each in [*asked, *asked]:
        unmerge(each)
    assert [voters(each) for each in asked] == before
