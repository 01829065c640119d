"""Whatever happens in whatever order: one kind of follow, and none without a proof."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from donations.sections import operations
from tests.sections.people import AT, EVERY, a_reader, ask, choose, letters, mailed, stop, waiting

pytestmark = pytest.mark.django_db
SLUGS = ("politics", "economy", "war-in-ukraine")
WISH = st.one_of(st.just((EVERY,)), st.lists(st.sampled_from(SLUGS), unique=True).map(tuple))
ACT = st.one_of(
    st.tuples(st.just("ask"), WISH),
    st.tuples(st.just("choose"), WISH),
    st.tuples(st.just("confirm"), st.just(())),
    st.tuples(st.just("stop"), st.sampled_from([(each,) for each in (*SLUGS, EVERY)])),
)


class AnyOrder(TestCase):
    """Hypothesis wants a database that is fresh for every example."""

    @settings(deadline=None)
    @given(acts=st.lists(ACT, max_size=8), is_proved=st.booleans())
    def test_it_holds(self, acts: list[tuple[str, tuple[str, ...]]], is_proved: bool) -> None:
        ana, at = a_reader(is_proved=is_proved), AT
        for act, wish in acts:
            at += timedelta(minutes=7)
            before = set(mailed(ana))
            match act:
                case "ask":
                    ask(ana, *wish, at=at)
                    assert before <= set(mailed(ana)) or mailed(ana) == [EVERY]
                case "choose":
                    choose(ana, *wish, at=at)
                    assert set(mailed(ana)) == set(wish)
                case "confirm":
                    operations.confirm(supporter=ana, at=at)
                    assert waiting(ana) == []
                case "stop":
                    stop(ana, *wish, at=at)
                    assert not set(wish) & set(mailed(ana))
            ana.refresh_from_db()
            assert EVERY not in mailed(ana) or mailed(ana) == [EVERY]
            assert mailed(ana) == [] or ana.proved_at is not None
        assert len(letters()) <= 1 + sum(act == "confirm" for act, _wish in acts)
