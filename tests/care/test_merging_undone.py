"""Undone, everything is as it was; what came or was decided meanwhile finds its place."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from donations.care import merging
from donations.care.people import person_of
from donations.gateways.events import PaymentReceived
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.models import Suggestion, User, Vote
from donations.money import Money
from donations.supporters.models import Supporter
from tests.care.merged import OFTEN, merge, undo
from tests.care.worlds import LIVES, NOON, a_record, everything, give, suggestions
from tests.web.desk import a_supporter

pytestmark = pytest.mark.django_db


@OFTEN
@given(one=LIVES, two=LIVES)
def test_undone_everything_is_as_it_was(eva: User, one: Any, two: Any) -> None:
    with transaction.atomic():
        topics = suggestions()
        kept, other = a_record(one, topics), a_record(two, topics)
        before = everything()
        done = merge(kept, other, eva)
        assert not Donation.objects.filter(supporter=other).exists()
        undo(done, eva)
        assert everything() == before
        transaction.set_rollback(True)


@OFTEN
@given(lives=st.lists(LIVES, min_size=3, max_size=3), chain=st.booleans())
def test_three_become_one_and_come_apart_again(eva: User, lives: Any, chain: bool) -> None:
    with transaction.atomic():
        topics = suggestions()
        one, two, three = (a_record(life, topics) for life in lives)
        before = everything()
        first = merge(two, one, eva)
        between = everything()
        second = merge(three, two, eva, "form-2") if chain else merge(two, three, eva, "form-2")
        assert len(person_of(second.kept).ids) == 3
        with pytest.raises(merging.CannotUndo):
            undo(first, eva)
        undo(second, eva)
        assert everything() == between
        undo(first, eva)
        assert everything() == before
        transaction.set_rollback(True)


def payment(ref: str, email: str) -> Donation:
    fact = PaymentReceived(
        gateway="paypal", ref=ref, payment_ref="", money=Money(700, "EUR"),
        received_at=timezone.now(), payer_email=email,
    )  # fmt: skip
    giving.record(fact=fact, at=timezone.now())
    gift = Donation.objects.get(gateway_ref=ref)
    giving.create_supporter(donation=gift, by=None, at=timezone.now())
    gift.refresh_from_db()
    return gift


def test_what_came_meanwhile_is_whose_address_it_came_under(
    eva: User, ana: Supporter, ion: Supporter
) -> None:
    give(ion, agreements=1)
    done = merge(ana, ion, eva)
    hers, his = payment("P1", "ana@example.org"), payment("P2", "ION@example.org")
    agreement = ana.subscriptions.get()
    instalment = Donation.objects.create(
        gateway="stripe", gateway_ref="in_9", amount_minor=500, currency="EUR", supporter=ana,
        subscription=agreement, received_at=timezone.now(), recorded_at=timezone.now(),
    )  # fmt: skip
    assert {hers.supporter, his.supporter} == {ana}

    undo(done, eva)
    for gift, whose in ((hers, ana), (his, ion), (instalment, ion)):
        gift.refresh_from_db()
        assert gift.supporter == whose


def test_what_was_decided_meanwhile_stands(eva: User, ana: Supporter, ion: Supporter) -> None:
    give(ion)
    maria = a_supporter("maria@example.org", "Maria")
    done = merge(ana, ion, eva)
    gift = ana.donations.get()
    gift.mark_attributed(supporter=maria)
    undo(done, eva)
    gift.refresh_from_db()
    assert gift.supporter == maria


def test_a_vote_comes_back_to_where_its_suggestion_went(
    eva: User, ana: Supporter, ion: Supporter
) -> None:
    both, target, gone = suggestions()
    for suggestion in (both, gone):
        for person in (ana, ion):
            Vote.objects.create(
                suggestion=suggestion, cast_for=suggestion, supporter=person, at=NOON
            )
    done = merge(ana, ion, eva)
    Suggestion.objects.filter(pk=both.pk).mark_merged(into=target, at=NOON)
    gone.delete()
    undo(done, eva)
    assert Vote.objects.get(supporter=ion).suggestion == target
