"""The box about topics in the form: once money came, the mailbox is asked, once."""

import pytest
from django.utils import timezone

from donations.giving import operations as giving
from donations.giving.models import Donation, Pledge
from donations.outbox.models import Message
from donations.sections import operations as sections
from donations.sections.models import Follow
from donations.supporters.models import Supporter, User
from tests.giving.deciding import AT, LATER
from tests.newsroom import Newsroom
from tests.paypalroom import PROMISED_AT

TICKED = {"topics": "Scrieți-mi când apare un subiect nou."}


def test_it_works(newsroom: Newsroom) -> None:
    pledge = newsroom.give(consents=TICKED)
    newsroom.finish()

    assert newsroom.letters() == ["confirm_topics", "thanks"]
    follow = Follow.objects.get()
    assert (follow.supporter, follow.section, follow.language) == (pledge.supporter, None, "ro")
    assert (follow.asked_at, follow.confirmed_at) == (pledge.created_at, None)
    message = Message.objects.get(kind="confirm_topics")
    assert (message.to, message.language) == ("ana@example.org", "ro")


def test_a_box_that_was_not_ticked_is_nothing(newsroom: Newsroom) -> None:
    newsroom.give()
    newsroom.finish()
    assert newsroom.letters() == ["thanks"]
    assert not Follow.objects.exists()


def test_a_form_that_was_not_paid_is_nothing(newsroom: Newsroom) -> None:
    newsroom.begin(consents=TICKED)
    newsroom.finish()
    assert newsroom.letters() == []
    assert not Follow.objects.exists()


def test_a_further_instalment_is_no_further_yes(newsroom: Newsroom) -> None:
    ref = newsroom.subscribe(consents=TICKED)
    ana = Supporter.objects.get()
    sections.stop(supporter=ana, section=None, wording="Stop.", source="x", at=timezone.now())
    newsroom.stripe.renew(ref)
    newsroom.finish()

    assert newsroom.letters() == ["confirm_topics", "receipt", "thanks_subscription"]
    assert Follow.objects.get().ended_at is not None


def test_who_has_proved_the_address_is_not_asked(newsroom: Newsroom) -> None:
    Supporter.objects.create(
        email="ana@example.org", language="ro", created_at=PROMISED_AT, proved_at=PROMISED_AT
    )
    newsroom.give(consents=TICKED)
    newsroom.finish()
    assert newsroom.letters() == ["thanks"]
    assert Follow.objects.active().count() == 1


@pytest.mark.parametrize("is_proved", [True, False])
def test_an_undone_decision_leaves_no_follow(
    gift: Donation, pledge: Pledge, editor: User, is_proved: bool
) -> None:
    somebody = Supporter.objects.create(
        email="i@x.org",
        language="ro",
        created_at=PROMISED_AT,
        proved_at=PROMISED_AT if is_proved else None,
    )
    pledge.mark_supporter(supporter=somebody)
    decision = giving.attach_to_pledge(donation=gift, pledge=pledge, by=editor, at=AT)
    assert Follow.objects.active().exists() == is_proved
    giving.undo(attribution=decision, by=editor, at=LATER)
    assert not Follow.objects.filter(ended_at=None).exists()
