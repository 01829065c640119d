"""Whoever came by a link from the mailbox has the last word."""

import pytest

from donations.sections.models import Section
from donations.sections.queries import choosable, hears_about
from donations.supporters.models import Consent
from tests.sections.people import (
    AT,
    DAY,
    EVERY,
    LATER,
    a_reader,
    ask,
    choose,
    letters,
    mailed,
    said,
    section,
    stop,
    waiting,
)

pytestmark = pytest.mark.django_db
WISHES = [(), (EVERY,), ("economy",), ("politics", "war-in-ukraine")]


@pytest.mark.parametrize("before", WISHES)
@pytest.mark.parametrize("after", WISHES)
def test_exactly_these_from_now_on(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    ana = a_reader()
    choose(ana, *before, at=AT)
    choose(ana, *after)
    assert (mailed(ana), waiting(ana)) == (list(after), [])
    assert said(ana)[-1] == bool(after)
    assert letters() == []


@pytest.mark.parametrize("wish", WISHES)
def test_choosing_the_second_time(wish: tuple[str, ...]) -> None:
    ana = a_reader()
    for at in (AT, AT, LATER):
        choose(ana, *wish, at=at)
    assert mailed(ana) == list(wish)
    assert said(ana) == [bool(wish)]
    assert {follow.asked_at for follow in ana.follows.active()} <= {AT}


def test_what_waited_is_answered() -> None:
    ana = a_reader()
    ask(ana, "economy", "politics")
    choose(ana, "economy")
    assert (mailed(ana), waiting(ana)) == (["economy"], [])


def test_the_address_is_proved_and_the_language_known() -> None:
    ana = a_reader()
    ask(ana, "economy")
    choose(ana, "economy", "politics", language="ru")
    ana.refresh_from_db()
    assert (ana.proved_at, ana.language) == (LATER, "ru")
    assert {follow.language for follow in ana.follows.active()} == {"ru"}


def test_a_choice_is_kept_with_its_words() -> None:
    ana = a_reader()
    choose(ana, wording="No mail about topics")
    consent = Consent.objects.get()
    assert (consent.granted, consent.wording, consent.source) == (
        False,
        "No mail about topics",
        "choices page",
    )


class TestStopping:
    """No more of one, or of all."""

    def test_one_of_several(self) -> None:
        ana = a_reader()
        choose(ana, "economy", "politics", at=AT)
        stop(ana, "economy")
        assert (mailed(ana), said(ana)) == (["politics"], [True])

    def test_one_of_every(self) -> None:
        ana = a_reader()
        choose(ana, EVERY, at=AT)
        stop(ana, "economy")
        assert mailed(ana) == ["politics", "war-in-ukraine"]
        assert {follow.language for follow in ana.follows.active()} == {"ru"}
        assert {follow.asked_at for follow in ana.follows.active()} == {AT}
        assert not hears_about(ana, section("economy"))
        assert hears_about(ana, None)

    def test_one_of_every_while_it_waits(self) -> None:
        ana = a_reader()
        ask(ana, EVERY)
        stop(ana, "economy")
        assert (mailed(ana), waiting(ana)) == ([], ["politics", "war-in-ukraine"])

    def test_the_last_one(self) -> None:
        ana = a_reader()
        choose(ana, "economy", at=AT)
        stop(ana, "economy")
        assert (mailed(ana), said(ana)) == ([], [True, False])

    def test_every_when_there_is_one_section(self) -> None:
        Section.objects.exclude(slug="economy").update(is_open=False)
        ana = a_reader()
        choose(ana, EVERY, at=AT)
        stop(ana, "economy")
        assert (mailed(ana), said(ana)) == ([], [True, False])

    def test_all(self) -> None:
        ana = a_reader()
        choose(ana, "economy", "politics", at=AT)
        stop(ana, EVERY)
        assert (mailed(ana), said(ana)) == ([], [True, False])
        assert {follow.ended_at for follow in ana.follows.all()} == {LATER}

    def test_what_was_never_wanted(self) -> None:
        ana = a_reader()
        choose(ana, "economy", at=AT)
        stop(ana, "politics")
        assert (mailed(ana), said(ana)) == (["economy"], [True])

    @pytest.mark.parametrize("slug", ["economy", EVERY])
    def test_stopping_the_second_time(self, slug: str) -> None:
        ana = a_reader()
        choose(ana, EVERY, at=AT)
        stop(ana, slug)
        before = mailed(ana), said(ana)
        stop(ana, slug, at=LATER + DAY)
        assert (mailed(ana), said(ana)) == before


def test_a_closed_section_is_offered_only_to_who_follows_it() -> None:
    ana, ion = a_reader(), a_reader("ion@example.org")
    choose(ana, "economy")
    Section.objects.filter(slug="economy").update(is_open=False)
    assert section("economy") in choosable(ana)
    assert section("economy") not in choosable(ion)
    assert section("economy") not in choosable()
