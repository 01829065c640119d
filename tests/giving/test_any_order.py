"""The same set of facts gives the same books, in whatever order and however often it is told."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.gateways.events import Fact, facts_from_json, facts_to_json
from donations.giving.models import (
    Dispute,
    Donation,
    Payout,
    PayoutItem,
    Pledge,
    Refund,
    Subscription,
)
from donations.giving.operations import NotYetKnown, record
from donations.ledger.models import Line
from donations.ledger.queries import unbalanced_postings
from donations.outbox.models import Message
from donations.supporters.models import Supporter
from tests.giving.facts import AT, TOKENS, agreements, gifts, payouts


def prepare() -> None:
    """Two open pledges of two people."""
    for number, token in enumerate(TOKENS):
        person = Supporter.objects.create(
            email=f"reader{number}@example.org", language="ru", created_at=AT
        )
        Pledge.objects.create(
            token=token, amount_minor=500, currency="EUR", interval="month", method="card",
            supporter=person, language="ru", fingerprint=token, created_at=AT,
        )  # fmt: skip


def tell(facts: Sequence[Fact]) -> None:
    """Tell in this order; what cannot be understood yet is told again, as the sweeper does."""
    waiting = list(facts)
    for _round in range(len(facts) + 1):
        waiting = [fact for fact in waiting if not understood(fact)]
        if not waiting:
            return


def understood(fact: Fact) -> bool:
    try:
        record(fact=fact, at=AT)
    except NotYetKnown:
        return False
    return True


def books() -> dict[str, Any]:
    """All that is known, without row numbers and without when we heard of it."""
    return {
        "lines": sorted(
            Line.objects.values_list("posting__reference", "account", "currency", "amount_minor")
        ),
        "donations": sorted(
            Donation.objects.values_list(
                "gateway_ref", "payment_ref", "amount_minor", "currency", "fee_minor",
                "settled_minor", "pledge__token",
            ),
            key=str,
        ),
        "pledges": sorted(
            Pledge.objects.filter(status="fulfilled").values_list("token", "fulfilled_at"),
        ),
        "refunds": sorted(Refund.objects.values_list("gateway_ref", "status")),
        "disputes": sorted(Dispute.objects.values_list("gateway_ref", "status")),
        "payouts": sorted(
            Payout.objects.values_list(
                "gateway_ref", "status", "failure", "fee_minor", "has_parts", "observed_at"
            ),
            key=str,
        ),
        "in payouts": sorted(PayoutItem.objects.values_list("payout__gateway_ref", "ref")),
        "subscriptions": sorted(
            Subscription.objects.values_list(
                "gateway_ref", "status", "amount_minor", "pledge__token"
            ),
            key=str,
        ),
    }  # fmt: skip


def letters() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("key", "kind"))


class _Undo(Exception):
    pass


def outcome(facts: Sequence[Fact]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The books that this order of telling makes, made and unmade in one transaction."""
    result: tuple[dict[str, Any], list[tuple[str, str]]] = ({}, [])
    try:
        with transaction.atomic():
            prepare()
            tell(facts)
            assert unbalanced_postings() == []
            result = books(), letters()
            raise _Undo
    except _Undo:
        return result


@pytest.mark.django_db
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), told=st.tuples(gifts(), st.one_of(agreements(), payouts(), st.just([]))))
def test_any_order_any_repeats_one_set_of_books(
    data: st.DataObject, told: tuple[list[Fact], list[Fact]]
) -> None:
    facts = [*told[0], *told[1]]
    shuffled = data.draw(st.permutations(facts))
    repeated = data.draw(st.lists(st.sampled_from(facts), max_size=5))

    in_order = outcome(facts)
    out_of_order = outcome([*repeated, *shuffled, *repeated])

    assert out_of_order[0] == in_order[0]
    assert thanks(out_of_order[1]) == thanks(in_order[1])


def thanks(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Thanks and receipts. A farewell depends on what was heard last, so it is not compared."""
    return [letter for letter in found if letter[0].startswith("thanks:")]


@given(facts=st.one_of(gifts(), agreements(), payouts()))
def test_facts_are_kept_exactly(facts: list[Fact]) -> None:
    assert facts_from_json(facts_to_json(facts)) == facts
