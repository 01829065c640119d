"""Each figure equals a slow, plain recomputation, whatever was told in whatever order."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from donations.gateways.events import Fact
from donations.insights.operations import rebuild, recount_due
from donations.ledger.queries import unbalanced_postings
from tests.insights import comparing, histories, plainly

pytestmark = pytest.mark.django_db
some = settings(
    max_examples=15,
    deadline=None,
    # A shrunk history takes minutes to find; the first that fails says enough.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class _Undo(Exception):
    pass


@some
@given(facts=histories.histories())
def test_every_figure_is_that_of_a_plain_recomputation(facts: list[Fact]) -> None:
    try:
        with transaction.atomic():
            histories.prepare()
            rebuild(at=timezone.now())
            known = histories.tell(facts)
            recount_due(at=timezone.now())
            assert unbalanced_postings() == []
            comparing.assert_takings_are_true()
            comparing.assert_people_are_true()
            comparing.assert_recurring_is_true(known)
            gross = {key: -value for key, value in plainly.booked("income:donations").items()}
            assert gross == gross_by_day()
            raise _Undo
    except _Undo:
        pass


def gross_by_day() -> dict[object, int]:
    kept = comparing.kept_takings("all")
    found = {
        (day, currency): sums["once_minor"] + sums["first_minor"] + sums["renewals_minor"]
        for (day, currency, _value), sums in kept.items()
    }
    return {key: value for key, value in found.items() if value}


def totals(
    facts: list[Fact], *, drained: list[bool], anew: bool
) -> dict[str, list[tuple[object, ...]]]:
    """Every total after telling in this order, counting now and then or once at the end."""
    found: dict[str, list[tuple[object, ...]]] = {}
    try:
        with transaction.atomic():
            histories.prepare()
            rebuild(at=timezone.now())
            for fact, now in zip(facts, drained, strict=False):
                histories.tell([fact])
                if now:
                    recount_due(at=timezone.now())
            histories.tell(facts)
            if anew:
                rebuild(at=timezone.now())
            else:
                recount_due(at=timezone.now())
                recount_due(at=timezone.now())
            found = named(comparing.everything())
            raise _Undo
    except _Undo:
        return found


def named(found: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """Without the numbers of people and articles, which differ from one history to the next."""
    numbered = {"Movement": 2, "SupporterTotal": 1, "Standing": 1, "GiftMonth": 1}
    return {
        name: sorted(
            (row[numbered.get(name, 0) :] for row in rows if "article" not in row), key=str
        )
        for name, rows in found.items()
    }


@some
@given(data=st.data(), facts=histories.histories())
def test_counted_in_pieces_in_any_order_is_counted_anew(
    data: st.DataObject, facts: list[Fact]
) -> None:
    drained = data.draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
    in_pieces = totals(facts, drained=drained, anew=False)
    assert in_pieces == totals(facts, drained=drained, anew=True)


@some
@given(data=st.data(), facts=histories.histories())
def test_late_doubled_and_reordered_facts_give_the_same_totals(
    data: st.DataObject, facts: list[Fact]
) -> None:
    shuffled = data.draw(st.permutations(facts))
    again = data.draw(st.lists(st.sampled_from(facts), max_size=4)) if facts else []
    drained = data.draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
    in_order = totals(facts, drained=[], anew=False)
    assert totals([*again, *shuffled, *again], drained=drained, anew=False) == in_order
