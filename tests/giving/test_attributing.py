"""Staff decide whose a gift is, once each, and can take it back."""

import pytest
from django.utils import timezone

from donations.articles.models import Article
from donations.giving import operations as giving
from donations.giving import queries
from donations.giving.models import Attribution, Donation, Pledge
from donations.insights.operations import recount_due
from donations.insights.queries.articles import articles_by, earners
from donations.money import Money
from donations.supporters.models import Consent, Supporter, User
from tests.giving.deciding import AT, LATER, decide, fresh
from tests.paypalroom import PROMISED_AT, PayPalRoom

ACTS = ("attach", "create", "pledge", "leave")


def earned() -> list[tuple[Article | None, int, Money]]:
    """What each article has earned, counted now."""
    recount_due(at=timezone.now())
    found = earners([row["value"] for row in articles_by("")])
    return [(each.article, row.count, row.total) for each in found for row in each.rows]


def test_it_waits_in_sight(gift: Donation, ion: Supporter) -> None:
    assert list(queries.unattributed()) == [gift]


def test_attach(gift: Donation, ion: Supporter, editor: User, paypal_room: PayPalRoom) -> None:
    decision = giving.attach(donation=gift, supporter=ion, by=editor, at=AT)

    assert fresh(gift).supporter == ion
    assert (decision.action, decision.by, decision.at) == ("attached", editor, AT)
    assert list(queries.unattributed()) == []
    assert paypal_room.letters() == ["thanks"], "of its payer, when it came"
    assert not Consent.objects.exists()


def test_create(gift: Donation, editor: User, paypal_room: PayPalRoom) -> None:
    decision = giving.create_supporter(donation=gift, by=editor, at=AT)

    ana = Supporter.objects.get()
    assert (ana.email, ana.name) == ("ana@example.org", "Ana Popescu")
    assert fresh(gift).supporter == decision.supporter == ana
    assert paypal_room.letters() == ["thanks"]


def test_create_is_attach_when_the_address_is_known(gift: Donation, editor: User) -> None:
    ana = Supporter.objects.create(email="ana@example.org", language="ru", created_at=PROMISED_AT)
    decision = giving.create_supporter(donation=gift, by=editor, at=AT)
    assert fresh(gift).supporter == ana

    giving.undo(attribution=decision, by=editor, at=LATER)
    assert Supporter.objects.get() == ana, "it was there before"


def test_nobody_is_made_of_no_address(paypal_room: PayPalRoom, editor: User) -> None:
    paypal_room.happen("paypalme_send_money", payer_email="")
    with pytest.raises(giving.NoAddress):
        giving.create_supporter(donation=Donation.objects.get(), by=editor, at=AT)
    assert not Supporter.objects.exists()


def test_pledge(gift: Donation, pledge: Pledge, editor: User, paypal_room: PayPalRoom) -> None:
    giving.attach_to_pledge(donation=gift, pledge=pledge, by=editor, at=AT)

    pledge.refresh_from_db()
    assert pledge.status == Pledge.Status.FULFILLED
    assert fresh(gift).pledge == pledge
    assert fresh(gift).article == pledge.article
    assert fresh(gift).supporter == pledge.supporter == Supporter.objects.get()
    assert Consent.objects.get().granted is True
    assert paypal_room.letters() == ["confirm_topics", "thanks"], "the form asked for topics"
    assert earned() == [(pledge.article, 1, gift.money)]


def test_leave(gift: Donation, editor: User) -> None:
    giving.leave(donation=gift, by=editor, at=AT)

    assert fresh(gift).supporter is None
    assert list(queries.unattributed()) == []


@pytest.mark.parametrize("second", ACTS)
@pytest.mark.parametrize("first", ACTS)
def test_the_second_time_it_is_decided_already(
    gift: Donation, ion: Supporter, pledge: Pledge, editor: User, first: str, second: str
) -> None:
    """`gift` is as the second person's page has it: undecided."""
    decide(first, gift, ion, pledge, editor)
    before = fresh(gift)
    with pytest.raises(giving.AlreadyAttributed):
        decide(second, gift, ion, pledge, editor)

    after = fresh(gift)
    assert (after.supporter, after.pledge) == (before.supporter, before.pledge)
    assert Attribution.objects.count() == 1


@pytest.mark.parametrize("act", ACTS)
def test_undo_leaves_everything_as_it_was_but_the_history(
    gift: Donation, ion: Supporter, pledge: Pledge, editor: User, act: str
) -> None:
    decision = decide(act, gift, ion, pledge, editor)
    giving.undo(attribution=decision, by=editor, at=LATER)

    after = fresh(gift)
    assert (after.supporter, after.pledge, after.article) == (None, None, None)
    assert list(queries.unattributed()) == [gift]
    assert list(Supporter.objects.filter(consents=None)) == [ion]
    pledge.refresh_from_db()
    assert (pledge.supporter, pledge.fulfilled_at) == (None, None)
    assert earned() == []
    history = queries.attributions().get()
    assert (history.is_undone, history.undone_by, history.undone_at) == (True, editor, LATER)


@pytest.mark.parametrize("act", ACTS)
def test_undo_the_second_time(
    gift: Donation, ion: Supporter, pledge: Pledge, editor: User, act: str
) -> None:
    decision = decide(act, gift, ion, pledge, editor)
    giving.undo(attribution=decision, by=editor, at=LATER)
    with pytest.raises(giving.CannotUndo):
        giving.undo(attribution=decision, by=editor, at=LATER)


@pytest.mark.parametrize("act", ACTS)
def test_it_can_be_decided_again_after_an_undo(
    gift: Donation, ion: Supporter, pledge: Pledge, editor: User, act: str
) -> None:
    first = decide("attach", gift, ion, pledge, editor)
    giving.undo(attribution=first, by=editor, at=LATER)
    second = decide(act, gift, ion, pledge, editor)

    with pytest.raises(giving.CannotUndo):
        giving.undo(attribution=first, by=editor, at=LATER)
    giving.undo(attribution=second, by=editor, at=LATER)
    assert list(queries.unattributed()) == [gift]
    assert [each.action for each in queries.attributions()] == [second.action, first.action]


def test_a_consent_is_taken_back_by_a_further_row_and_given_again(
    gift: Donation, pledge: Pledge, editor: User
) -> None:
    pledge.mark_supporter(
        supporter=Supporter.objects.create(email="i@x.org", language="ro", created_at=PROMISED_AT)
    )
    for _time in range(2):
        decision = giving.attach_to_pledge(donation=gift, pledge=pledge, by=editor, at=AT)
        giving.undo(attribution=decision, by=editor, at=LATER)
    giving.attach_to_pledge(donation=gift, pledge=pledge, by=editor, at=AT)

    said = list(Consent.objects.order_by("pk").values_list("granted", flat=True))
    assert said == [True, False, True, False, True]
    pledge.refresh_from_db()
    assert pledge.supporter is not None
    assert pledge.supporter.email == "i@x.org", "the form said so"


def test_a_pledge_that_was_taken_for_another_is_free_for_its_own_payment(
    gift: Donation, pledge: Pledge, editor: User, paypal_room: PayPalRoom
) -> None:
    decision = giving.attach_to_pledge(donation=gift, pledge=pledge, by=editor, at=AT)
    giving.undo(attribution=decision, by=editor, at=LATER)
    paypal_room.happen("donate_completed", payer_email="ion@example.org", mc_gross="25.00")

    own = Donation.objects.exclude(pk=gift.pk).get()
    assert own.pledge == pledge
    assert own.supporter is not None
    assert own.supporter.email == "ion@example.org", "and not Ana, for whom it was taken"


def test_another_gift_of_the_same_pledge_keeps_it_paid(
    gift: Donation, pledge: Pledge, editor: User, paypal_room: PayPalRoom
) -> None:
    paypal_room.happen("donate_completed")
    decision = giving.attach_to_pledge(donation=gift, pledge=pledge, by=editor, at=AT)
    giving.undo(attribution=decision, by=editor, at=LATER)

    pledge.refresh_from_db()
    assert pledge.status == Pledge.Status.FULFILLED
    assert pledge.supporter is not None
    assert Consent.objects.get().granted is True


def test_the_books_do_not_know_of_any_of_it(
    gift: Donation, ion: Supporter, editor: User, paypal_room: PayPalRoom
) -> None:
    before = paypal_room.balance()
    decision = giving.attach(donation=gift, supporter=ion, by=editor, at=timezone.now())
    giving.undo(attribution=decision, by=editor, at=timezone.now())
    paypal_room.finish()

    assert paypal_room.balance() == before
