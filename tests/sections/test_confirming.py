"""The mailbox answers."""

import pytest

from donations.outbox.models import Message
from donations.sections import operations
from donations.supporters.models import Consent
from tests.sections.people import (
    AT,
    DAY,
    EVERY,
    LATER,
    a_reader,
    ask,
    letters,
    mailed,
    said,
    stop,
    waiting,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wish", [(EVERY,), ("politics", "economy")])
def test_it_works(wish: tuple[str, ...]) -> None:
    ana = a_reader()
    ask(ana, *wish)
    operations.confirm(supporter=ana, at=LATER, wording="Yes.")

    ana.refresh_from_db()
    assert (mailed(ana), waiting(ana)) == (list(wish), [])
    assert ana.proved_at == LATER
    assert {follow.confirmed_at for follow in ana.follows.all()} == {LATER}
    answer = Consent.objects.latest("pk")
    assert (answer.granted, answer.wording, answer.at) == (True, "Yes.", LATER)


def test_confirming_the_second_time() -> None:
    ana = a_reader()
    ask(ana, EVERY)
    for at in (LATER, LATER + DAY):
        operations.confirm(supporter=ana, at=at)

    ana.refresh_from_db()
    assert ana.proved_at == LATER
    assert ana.follows.get().confirmed_at == LATER
    assert said(ana) == [True, True]


def test_nothing_waits_nothing_is_said() -> None:
    ana = a_reader()
    operations.confirm(supporter=ana, at=LATER)
    assert (mailed(ana), said(ana)) == ([], [])


def test_an_old_mail_opens_nothing_that_was_stopped() -> None:
    ana = a_reader()
    ask(ana, EVERY)
    stop(ana, EVERY)
    operations.confirm(supporter=ana, at=LATER + DAY)
    assert mailed(ana) == []


def test_every_section_ends_the_single_ones() -> None:
    ana = a_reader(is_proved=True)
    ask(ana, "economy", "politics")
    stop(ana, "politics")
    ask(ana, EVERY, at=LATER + DAY)
    assert (mailed(ana), waiting(ana)) == (["economy"], [EVERY])
    operations.confirm(supporter=ana, at=LATER + DAY)
    assert mailed(ana) == [EVERY]


class TestLinkToChoices:
    """Asked for with an address: once a day, and only where somebody is known."""

    def send(self, email: str = "ana@example.org", *, days: int = 0) -> None:
        operations.send_choices_link(email=email, language="ru", at=AT + days * DAY)

    def test_it_works(self) -> None:
        a_reader()
        self.send(" Ana@example.org")
        message = Message.objects.get()
        assert (message.kind, message.to) == ("choices_link", "ana@example.org")
        assert "/ru/choices/?token=" in message.context["choices_url"]

    def test_an_unknown_address_gets_nothing(self) -> None:
        self.send()
        assert letters() == []

    def test_the_second_time_on_the_same_day(self) -> None:
        a_reader(is_proved=True)
        for _time in range(2):
            self.send()
        assert len(letters()) == 1

    @pytest.mark.parametrize(("is_proved", "mails"), [(True, 10), (False, 3)])
    def test_who_never_followed_a_link_is_left_in_peace(self, is_proved: bool, mails: int) -> None:
        a_reader(is_proved=is_proved)
        for day in range(10):
            self.send(days=day)
        assert len(letters()) == mails
