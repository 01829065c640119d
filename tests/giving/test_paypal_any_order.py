"""One transaction from three sources, one agreement in many messages: one set of books."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db.transaction import atomic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.articles.models import Article
from donations.gateways.events import PaymentReceived, Settled
from donations.gateways.paypal.payments import payment_facts
from donations.giving.models import Donation, Pledge, Subscription
from donations.giving.operations import NotYetKnown, record
from donations.ledger.queries import unbalanced_postings
from donations.outbox.models import Message
from tests.giving.paypal_facts import AT, CODE, TOKEN, Telling, agreements, gifts, transaction
from tests.known import known

pytestmark = pytest.mark.django_db
relaxed = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def promise() -> None:
    """A reader clicked at the end of an article, and left no address."""
    article = Article.objects.create(url="https://news.example/water", first_seen_at=AT)
    Pledge.objects.create(
        token=TOKEN, code=CODE, amount_minor=1000, currency="EUR", interval="month",
        method="paypal", language="ro", article=article, fingerprint=TOKEN, created_at=AT,
    )  # fmt: skip


def tell(told: Sequence[Telling]) -> None:
    """Tell in this order; what cannot be understood yet is told again, as the sweeper does."""
    waiting = list(told)
    for _round in range(len(told) + 1):
        waiting = [facts for facts in waiting if not understood(facts)]
        if not waiting:
            return


def understood(facts: Telling) -> bool:
    try:
        with atomic():
            for fact in facts:
                record(fact=fact, at=AT)
    except NotYetKnown:
        return False
    return True


class _Undo(Exception):
    pass


def outcome(told: Sequence[Telling]) -> tuple[dict[str, Any], list[str]]:
    """What this order of telling comes to, made and unmade in one transaction."""
    result: tuple[dict[str, Any], list[str]] = ({}, [])
    try:
        with atomic():
            promise()
            tell(told)
            assert unbalanced_postings() == []
            letters = Message.objects.filter(key__startswith="thanks:")
            result = known(), sorted(letters.values_list("key", flat=True))
            check_once(told)
            raise _Undo
    except _Undo:
        return result


def check_once(told: Sequence[Telling]) -> None:
    """What must hold in any order: no doubles, the fee kept, whose it is kept."""
    facts = [fact for telling in told for fact in telling]
    fees = [fact.payment_ref for fact in facts if isinstance(fact, Settled) and fact.of != "refund"]
    whose = {
        fact.ref
        for fact in facts
        if isinstance(fact, PaymentReceived) and (fact.pledge_token or fact.pledge_code)
    }
    for donation in Donation.objects.all():
        assert (donation.fee is not None) == (donation.gateway_ref in fees)
        if donation.gateway_ref in whose:
            assert donation.pledge is not None
            assert donation.article is not None
            assert donation.supporter is not None
    assert Subscription.objects.count() <= 1


@relaxed
@given(data=st.data(), told=gifts())
def test_one_payment_from_three_sources(data: st.DataObject, told: list[Telling]) -> None:
    assert_same(data, told)


@relaxed
@given(data=st.data(), told=agreements())
def test_one_agreement_in_many_messages(data: st.DataObject, told: list[Telling]) -> None:
    assert_same(data, told)


def assert_same(data: st.DataObject, told: list[Telling]) -> None:
    """However often and in whatever order."""
    shuffled = data.draw(st.permutations(told))
    repeated = data.draw(st.lists(st.sampled_from(told), max_size=4)) if told else []
    assert outcome([*repeated, *shuffled, *repeated]) == outcome(told)


def test_it_would_notice() -> None:
    """A fee that only one of the witnesses tells, and whose it is, are in what is compared."""
    bare = [payment_facts(transaction("file", fee=None))]
    full = [payment_facts(transaction("provider", custom=TOKEN))]

    assert outcome([*bare, *full]) == outcome([*full, *bare]) == outcome(full)
    assert outcome(bare)[0] != outcome(full)[0]
