"""Payouts: money that the provider moved to the bank, and what is in it."""

from donations.gateways.events import Move, PayoutObserved
from donations.giving.models import Payout, PayoutItem


def record_payout(*, fact: PayoutObserved) -> Payout:
    """Keep a payout. It belongs to no donation, so it never waits for one.

    Its parts are a set: whatever order they are told in, each is kept once.
    """
    Payout.objects.bulk_create([payout_of(fact)], ignore_conflicts=True)
    payout = Payout.objects.select_for_update().get(gateway=fact.gateway, gateway_ref=fact.ref)
    payout.mark_observed(status=fact.status, failure=fact.failure, fee=fact.fee)
    if fact.observed_at > payout.observed_at:
        payout.mark_read_at(observed_at=fact.observed_at, arrives_at=fact.arrives_at)
    if fact.parts is not None:
        items = [item_of(payout, part) for part in fact.parts]
        PayoutItem.objects.bulk_create(items, ignore_conflicts=True, batch_size=500)
        payout.mark_parts_known()
    return payout


def payout_of(fact: PayoutObserved) -> Payout:
    """A row of what is told of it for the first time."""
    return Payout(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        amount_minor=fact.money.minor,
        currency=fact.money.currency,
        fee_minor=None if fact.fee is None else fact.fee.minor,
        status=fact.status,
        is_automatic=fact.is_automatic,
        failure=fact.failure[:100],
        made_at=fact.made_at,
        arrives_at=fact.arrives_at,
        observed_at=fact.observed_at,
    )


def item_of(payout: Payout, part: Move) -> PayoutItem:
    """A row of one of its parts."""
    return PayoutItem(
        payout=payout,
        ref=part.ref,
        kind=part.kind,
        source_ref=part.source_ref,
        payment_ref=part.payment_ref,
        amount_minor=part.money.minor,
        fee_minor=part.fee.minor if part.fee else 0,
        currency=part.money.currency,
        moved_at=part.moved_at,
    )
