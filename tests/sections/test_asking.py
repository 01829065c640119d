"""Somebody typed an address: nothing is mailed on it before the mailbox has answered."""

from datetime import timedelta

import pytest

from donations.outbox.models import Message, Suppression
from donations.sections import operations
from donations.supporters.models import Consent, Supporter
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
    sections,
    stop,
    waiting,
)

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    ana = a_reader()
    ask(ana, "economy", "politics")

    assert (mailed(ana), waiting(ana)) == ([], ["politics", "economy"])
    consent = Consent.objects.get()
    assert (consent.granted, consent.wording) == (True, "Write to me.")
    assert (consent.source, consent.at) == ("topics page", AT)
    message = Message.objects.get()
    assert (message.kind, message.to, message.language) == (
        "confirm_topics",
        "ana@example.org",
        "ro",
    )
    assert sorted(message.context["sections"]) == ["Economie", "Politică"]
    assert "/ro/topics/confirm/?token=" in message.context["confirm_url"]


def test_every_section_is_named_by_none() -> None:
    ana = a_reader()
    ask(ana, EVERY)

    assert waiting(ana) == [EVERY]
    assert Message.objects.get().context["sections"] == []


@pytest.mark.parametrize("is_proved", [True, False])
def test_asking_the_second_time(is_proved: bool) -> None:
    ana = a_reader(is_proved=is_proved)
    for _time in range(2):
        ask(ana, "economy")

    assert [*mailed(ana), *waiting(ana)] == ["economy"]
    assert said(ana) == [True]
    assert len(letters()) == (0 if is_proved else 1)


def test_nothing_asked_for_is_nothing() -> None:
    ana = a_reader()
    ask(ana)
    assert ([*mailed(ana), *waiting(ana)], letters()) == ([], [])


def test_a_proved_address_is_not_asked_again() -> None:
    ana = a_reader(is_proved=True)
    ask(ana, EVERY)
    assert (mailed(ana), letters()) == ([EVERY], [])


def test_more_is_added_to_what_is_mailed() -> None:
    ana = a_reader(is_proved=True)
    ask(ana, "economy")
    ask(ana, "politics", at=LATER)
    assert mailed(ana) == ["politics", "economy"]


def test_every_section_makes_single_ones_needless() -> None:
    ana = a_reader(is_proved=True)
    ask(ana, "economy")
    ask(ana, EVERY, at=LATER)
    assert mailed(ana) == [EVERY]


def test_who_hears_about_everything_has_this_one_too() -> None:
    ana = a_reader(is_proved=True)
    ask(ana, EVERY)
    ask(ana, "economy", at=LATER)
    assert mailed(ana) == [EVERY]


def test_nobody_but_the_mailbox_can_undo_that_nothing_was_wanted() -> None:
    ana = a_reader(is_proved=True)
    choose(ana)
    ask(ana, EVERY, at=LATER)

    assert (mailed(ana), waiting(ana)) == ([], [EVERY])
    assert letters() == ["confirm_topics"]


@pytest.mark.parametrize("stopped", ["economy", EVERY])
def test_nobody_but_the_mailbox_can_open_again_what_was_stopped(stopped: str) -> None:
    ana = a_reader(is_proved=True)
    ask(ana, "economy")
    stop(ana, stopped)
    for each in range(2):
        ask(ana, "economy", at=LATER + (each + 1) * timedelta(hours=1))

    assert (mailed(ana), waiting(ana)) == ([], ["economy"])
    assert letters() == ["confirm_topics"]
    operations.confirm(supporter=ana, at=LATER + DAY)
    assert (mailed(ana), waiting(ana)) == (["economy"], [])


def test_what_waits_is_the_newest_wish() -> None:
    ana = a_reader()
    ask(ana, EVERY)
    ask(ana, "economy", at=LATER)
    assert waiting(ana) == ["economy"]


class TestOften:
    """A stranger may type an address as often as they like."""

    def test_one_mail_a_day(self) -> None:
        ana = a_reader()
        for minute in range(0, 24 * 60, 60):
            ask(ana, "economy", at=AT + timedelta(minutes=minute))
        assert letters() == ["confirm_topics"]

    def test_three_in_all_without_an_answer(self) -> None:
        ana = a_reader()
        for day in range(10):
            ask(ana, "economy", at=AT + day * DAY)
            operations.send_confirmation_again(supporter=ana, at=AT + day * DAY)
        assert len(letters()) == 3

    def test_an_answer_lets_more_through(self) -> None:
        ana = a_reader()
        for day in range(3):
            ask(ana, "economy", at=AT + day * DAY)
        operations.confirm(supporter=ana, at=AT + 3 * DAY)
        stop(ana, EVERY, at=AT + 4 * DAY)
        ask(ana, "economy", at=AT + 5 * DAY)
        assert len(letters()) == 4

    def test_others_have_their_own_count(self) -> None:
        for name in "abc":
            ask(a_reader(f"{name}@example.org"), "economy")
        assert len(letters()) == 3


@pytest.mark.parametrize("reason", Suppression.Reason.values)
def test_an_address_that_is_left_alone_gets_no_mail(reason: str) -> None:
    ana = a_reader()
    Suppression.objects.create(email=ana.email, reason=reason, source="staff", at=AT)
    ask(ana, "economy")
    operations.send_choices_link(email=ana.email, language="en", at=AT)
    assert (waiting(ana), letters()) == (["economy"], [])


def test_a_new_link_only_for_what_waits() -> None:
    ana = a_reader()
    operations.send_confirmation_again(supporter=ana, at=AT)
    assert letters() == []


class TestSaidLongAgo:
    """Money came later than the form, which was sent before other decisions."""

    def ask_late(self, supporter: Supporter) -> None:
        ask(supporter, EVERY, at=LATER + DAY, said_at=AT, source="pledge:1")

    def test_the_day_it_was_said_is_kept(self) -> None:
        ana = a_reader()
        self.ask_late(ana)
        assert Consent.objects.get().at == AT
        assert ana.follows.get().asked_at == AT
        assert Message.objects.get().created_at == LATER + DAY
        assert Message.objects.get().context["asked_at"] == AT.isoformat()

    @pytest.mark.parametrize("chosen", [(), ("economy",)])
    def test_a_later_choice_stands(self, chosen: tuple[str, ...]) -> None:
        ana = a_reader()
        choose(ana, *chosen)
        self.ask_late(ana)
        assert (mailed(ana), waiting(ana), letters()) == (list(chosen), [], [])
        assert said(ana) == [bool(chosen), True]

    def test_a_later_stop_of_a_part_stands(self) -> None:
        ana = a_reader()
        choose(ana, EVERY, at=AT - DAY)
        stop(ana, "economy")
        self.ask_late(ana)
        assert mailed(ana) == ["politics", "war-in-ukraine"]

    def test_told_again_it_opens_nothing(self) -> None:
        """As by the second instalment of a subscription."""
        ana = a_reader(is_proved=True)
        self.ask_late(ana)
        stop(ana, EVERY, at=LATER + 2 * DAY)
        self.ask_late(ana)
        assert (mailed(ana), waiting(ana), letters()) == ([], [], [])
        assert said(ana) == [True, False]


class TestTakenBack:
    """Staff took somebody else's payment for that of a form."""

    def ask(self, supporter: Supporter) -> None:
        ask(supporter, EVERY, at=LATER, said_at=AT, source="pledge:1")

    def take_back(self, supporter: Supporter) -> None:
        operations.take_back(
            supporter=supporter, said_at=AT, wording="Yes.", source="pledge:1", at=LATER + DAY
        )

    @pytest.mark.parametrize("is_proved", [True, False])
    def test_it_leaves_no_follow(self, is_proved: bool) -> None:
        ana = a_reader(is_proved=is_proved)
        self.ask(ana)
        self.take_back(ana)
        assert (mailed(ana), waiting(ana)) == ([], [])
        assert said(ana) == [True, False]

    def test_what_it_replaced_is_back(self) -> None:
        ana = a_reader(is_proved=True)
        ask(ana, "economy", at=AT - DAY)
        self.ask(ana)
        assert mailed(ana) == [EVERY]
        self.take_back(ana)
        assert mailed(ana) == ["economy"]

    def test_what_was_there_before_stays(self) -> None:
        ana = a_reader(is_proved=True)
        ask(ana, EVERY, at=AT - DAY)
        self.ask(ana)
        self.take_back(ana)
        assert mailed(ana) == [EVERY]

    def test_what_the_mailbox_has_answered_stays(self) -> None:
        ana = a_reader()
        self.ask(ana)
        operations.confirm(supporter=ana, at=LATER)
        self.take_back(ana)
        assert mailed(ana) == [EVERY]

    def test_taking_back_the_second_time(self) -> None:
        ana = a_reader(is_proved=True)
        ask(ana, "economy", at=AT - DAY)
        self.ask(ana)
        for _time in range(2):
            self.take_back(ana)
        assert (mailed(ana), said(ana)) == (["economy"], [True, True, False])

    def test_said_again_after_all(self) -> None:
        ana = a_reader()
        for _time in range(2):
            self.ask(ana)
            self.take_back(ana)
        self.ask(ana)
        assert waiting(ana) == [EVERY]
        assert said(ana) == [True, False, True, False, True]


def test_an_address_nobody_knows_is_met() -> None:
    for email in ("Ana@Example.org", "ana@example.org "):
        operations.ask_by_address(
            email=email,
            sections=sections("economy"),
            language="ru",
            wording="Write to me.",
            source="topics page",
            at=AT,
        )
    ana = Supporter.objects.get()
    assert (ana.email, ana.language, ana.name) == ("ana@example.org", "ru", "")
    assert (waiting(ana), letters()) == (["economy"], ["confirm_topics"])
