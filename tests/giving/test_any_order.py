"""The same set of facts gives the same books, in whatever order and however often it is told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.gateways.events import (
    CheckoutEnded,
    DisputeMoved,
    DisputeObserved,
    DisputeStatus,
    Fact,
    InstalmentFailed,
    PaymentReceived,
    PledgeLinked,
    RefundObserved,
    RefundStatus,
    Settled,
    SubscriptionObserved,
    SubscriptionStatus,
    facts_from_json,
    facts_to_json,
)
from donations.giving.models import Dispute, Donation, Pledge, Refund, Subscription
from donations.giving.operations import NotYetKnown, record
from donations.ledger.models import Line
from donations.ledger.queries import unbalanced_postings
from donations.money import Money
from donations.outbox.models import Message
from donations.supporters.models import Supporter

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
TOKENS = ("pledge-a", "pledge-b")
CURRENCIES = ("EUR", "MDL", "JPY")
REFUND_STATES: tuple[RefundStatus, ...] = ("pending", "succeeded", "failed")
DISPUTE_STATES: tuple[DisputeStatus, ...] = ("open", "won", "lost")
SUBSCRIPTION_STATES: tuple[SubscriptionStatus, ...] = ("active", "past_due", "paused", "canceled")

moments = st.integers(0, 40).map(lambda days: AT + timedelta(days=days))
amounts = st.integers(1, 99_999)
refs = st.sampled_from(("1", "2"))
stripe = st.just("stripe")


def settled_facts(ref: str, currency: str, amount: int, at: datetime) -> list[Fact]:
    """The settlement of a payment, converted when it was not in euro."""
    charged = Money(amount, currency)
    balance = charged if currency == "EUR" else Money(amount // 20 + 1, "EUR")
    return [
        Settled(
            gateway="stripe", ref=f"txn_{ref}", of="payment", payment_ref=f"pi_{ref}",
            charged=charged, settled=balance, fee=Money(30, "EUR"), settled_at=at,
        )
    ]  # fmt: skip


@st.composite
def gifts(draw: st.DrawFn) -> list[Fact]:
    """A one-off payment and what may follow it."""
    ref, currency, amount = draw(refs), draw(st.sampled_from(CURRENCIES)), draw(amounts)
    token, at = draw(st.sampled_from((*TOKENS, ""))), draw(moments)
    money = Money(amount, currency)
    facts: list[Fact] = [
        PaymentReceived(
            gateway="stripe", ref=f"pi_{ref}", payment_ref=f"pi_{ref}", money=money,
            received_at=at, pledge_token=token, payer_email="ana@example.org",
        )
    ]  # fmt: skip
    if draw(st.booleans()):
        facts += settled_facts(ref, currency, amount, at)
    for number, status in enumerate(draw(st.lists(st.sampled_from(REFUND_STATES), max_size=3))):
        facts.append(
            RefundObserved(
                gateway="stripe", ref=f"re_{ref}", payment_ref=f"pi_{ref}", money=money,
                status=status, refunded_at=at, observed_at=at + timedelta(hours=number),
            )
        )  # fmt: skip
    if token and draw(st.booleans()):
        facts.append(CheckoutEnded(gateway="stripe", pledge_token=token, checkout_ref=""))
    return [*facts, *draw(disputes(ref, money, at))]


@st.composite
def disputes(draw: st.DrawFn, ref: str, money: Money, at: datetime) -> list[Fact]:
    """A dispute that goes through some states and moves money out and perhaps in."""
    states = draw(st.lists(st.sampled_from(DISPUTE_STATES), max_size=3))
    facts: list[Fact] = [
        DisputeObserved(
            gateway="stripe", ref=f"du_{ref}", payment_ref=f"pi_{ref}", money=money,
            status=status, reason="fraudulent", due_by=None, opened_at=at,
            observed_at=at + timedelta(days=number),
        )
        for number, status in enumerate(states)
    ]  # fmt: skip
    for sign, name in draw(st.sampled_from(((), ((-1, "out"),), ((-1, "out"), (1, "in"))))):
        facts.append(
            DisputeMoved(
                gateway="stripe", ref=f"txn_{ref}_{name}", payment_ref=f"pi_{ref}",
                money=Money(sign * money.minor, money.currency),
                fee=Money(1500 if sign < 0 else 0, money.currency), moved_at=at,
            )
        )  # fmt: skip
    return facts


@st.composite
def agreements(draw: st.DrawFn) -> list[Fact]:
    """A subscription, its states and its instalments; who it is of may be told in three places."""
    token = draw(st.sampled_from(TOKENS))
    told_by_state, told_by_payment = draw(st.booleans()), draw(st.booleans())
    start = draw(moments)
    states = draw(st.lists(st.sampled_from(SUBSCRIPTION_STATES), min_size=1, max_size=4))
    facts: list[Fact] = [
        SubscriptionObserved(
            gateway="stripe", ref="sub_1", status=status, money=Money(500 + number, "EUR"),
            interval="month", customer_ref="cus_1", pledge_token=token if told_by_state else "",
            period_start=start, period_end=start + timedelta(days=30), cancel_at=None,
            ended_at=start if status == "canceled" else None, end_reason="canceled"
            if status == "canceled" else "", created_at=start,
            observed_at=start + timedelta(days=number),
        )
        for number, status in enumerate(states)
    ]  # fmt: skip
    facts += [
        PaymentReceived(
            gateway="stripe", ref=f"in_{number}", payment_ref=f"pi_of_in_{number}",
            money=Money(500, "EUR"), received_at=start + timedelta(days=30 * number),
            pledge_token=token if told_by_payment else "", subscription_ref="sub_1",
            is_first_instalment=number == 0, payer_email="ana@example.org",
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    if draw(st.booleans()):
        facts.append(
            InstalmentFailed(
                gateway="stripe", ref="in_9", subscription_ref="sub_1", money=Money(500, "EUR"),
                attempt=1, next_attempt_at=None, pay_url="", failed_at=start,
            )
        )  # fmt: skip
    facts.append(
        PledgeLinked(
            gateway="stripe", pledge_token=token, checkout_ref="cs_1", subscription_ref="sub_1"
        )
    )
    return facts


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
@given(data=st.data(), told=st.tuples(gifts(), st.one_of(agreements(), st.just([]))))
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


@given(facts=st.one_of(gifts(), agreements()))
def test_facts_are_kept_exactly(facts: list[Fact]) -> None:
    assert facts_from_json(facts_to_json(facts)) == facts
