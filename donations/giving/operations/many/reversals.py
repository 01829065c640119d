"""Refunds and exchanges of donations that are known."""

from collections.abc import Sequence
from datetime import datetime

from donations.gateways.events import Exchanged, Fact, RefundObserved, Settled
from donations.giving.models import Donation, Refund
from donations.giving.operations.bookkeeping import drafts
from donations.giving.operations.many.answers import Answer
from donations.ledger.operations import post_new
from donations.ledger.queries import posted


def record_refunds(*, told: Sequence[Sequence[Fact]], at: datetime) -> list[Answer]:
    """Record new refunds of payments that are known."""
    refunds = [refund_of(facts) for facts in told]
    found = [refund for refund in refunds if refund is not None]
    known = donations_of(found)
    taken = references(found)
    new, written = [], []
    answers: list[Answer] = []
    for facts, refund in zip(told, refunds, strict=True):
        donation = known.get((refund.gateway, refund.payment_ref)) if refund else None
        if refund is None or donation is None or f"{refund.gateway}:{refund.ref}" in taken:
            answers.append("left")
            continue
        taken.add(f"{refund.gateway}:{refund.ref}")
        new.append(new_refund(refund, donation))
        written += [draft for fact in facts for draft in drafts(fact)]
        answers.append("recorded")
    Refund.objects.bulk_create(new)
    post_new(drafts=written, at=at)
    return answers


def record_exchanges(*, told: Sequence[Sequence[Fact]], at: datetime) -> list[Answer]:
    """Record what payments became in another currency."""
    exchanges = [exchange_of(facts) for facts in told]
    found = [exchange for exchange in exchanges if exchange is not None]
    known = donations_of(found)
    taken = references(found)
    changed, written = [], []
    answers: list[Answer] = []
    for exchange in exchanges:
        donation = known.get((exchange.gateway, exchange.payment_ref)) if exchange else None
        if exchange is None or donation is None or f"{exchange.gateway}:{exchange.ref}" in taken:
            answers.append("left")
            continue
        taken.add(f"{exchange.gateway}:{exchange.ref}")
        if exchange.sold.currency == donation.currency:
            donation.settled_minor = exchange.bought.minor
            donation.settled_currency = exchange.bought.currency
            changed.append(donation)
        written += drafts(exchange)
        answers.append("recorded")
    Donation.objects.bulk_update(changed, ["settled_minor", "settled_currency"])
    post_new(drafts=written, at=at)
    return answers


def refund_of(facts: Sequence[Fact]) -> RefundObserved | None:
    """A refund that is made, perhaps with the fee that came back; None for anything else."""
    match list(facts):
        case [RefundObserved(status="succeeded") as refund]:
            return refund
        case [RefundObserved(status="succeeded") as refund, Settled(of="refund")]:
            return refund
    return None


def exchange_of(facts: Sequence[Fact]) -> Exchanged | None:
    """An exchange; None for anything else."""
    match list(facts):
        case [Exchanged() as exchange]:
            return exchange
    return None


def donations_of(
    told: Sequence[RefundObserved] | Sequence[Exchanged],
) -> dict[tuple[str, str], Donation]:
    """The donations that are told about, locked in one order, by gateway and payment."""
    found: dict[tuple[str, str], Donation] = {}
    for gateway in {fact.gateway for fact in told}:
        refs = {fact.payment_ref for fact in told if fact.gateway == gateway}
        rows = Donation.objects.select_for_update().filter(gateway=gateway, gateway_ref__in=refs)
        found |= {(gateway, row.gateway_ref): row for row in rows.order_by("pk")}
    return found


def references(told: Sequence[RefundObserved] | Sequence[Exchanged]) -> set[str]:
    """Which of these are in the books."""
    return posted(f"{fact.gateway}:{fact.ref}" for fact in told)


def new_refund(fact: RefundObserved, donation: Donation) -> Refund:
    """The row of a refund."""
    return Refund(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        donation=donation,
        amount_minor=fact.money.minor,
        currency=fact.money.currency,
        status=fact.status,
        refunded_at=fact.refunded_at,
        observed_at=fact.observed_at,
    )
