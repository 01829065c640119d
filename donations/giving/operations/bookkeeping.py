"""From a fact to what is written in the books. Pure: the same fact gives the same postings."""

from typing import assert_never

from donations.gateways.events import (
    CheckoutEnded,
    DisputeMoved,
    DisputeObserved,
    Exchanged,
    Fact,
    InstalmentFailed,
    PaymentReceived,
    PayoutObserved,
    PledgeLinked,
    RefundObserved,
    Settled,
    SubscriptionObserved,
)
from donations.ledger.models import Account
from donations.ledger.operations import Draft, transfer

BALANCES = {"stripe": Account.STRIPE, "paypal": Account.PAYPAL, "manual": Account.OUTSIDE}


def drafts(fact: Fact) -> list[Draft]:
    """The postings that a fact calls for; most facts move no money."""
    match fact:
        case PaymentReceived():
            return [payment(fact)]
        case Settled():
            return settlement(fact)
        case Exchanged():
            return [exchange(fact)]
        case RefundObserved():
            return refund(fact)
        case DisputeMoved():
            return [dispute_move(fact)]
        case PayoutObserved():
            return payout(fact)
        case (
            PledgeLinked()
            | CheckoutEnded()
            | SubscriptionObserved()
            | InstalmentFailed()
            | DisputeObserved()
        ):
            return []
        case _:
            assert_never(fact)


def payment(fact: PaymentReceived) -> Draft:
    """Money in, in the currency that the supporter paid."""
    balance = Account.OUTSIDE if fact.outside_provider else BALANCES[fact.gateway]
    return Draft(
        reference=f"{fact.gateway}:{fact.ref}",
        at=fact.received_at,
        lines=transfer(debit=balance, credit=Account.DONATIONS, money=fact.money),
    )


def settlement(fact: Settled) -> list[Draft]:
    """The fee, and the exchange when the balance is in another currency. No sum across the two."""
    balance = BALANCES[fact.gateway]
    lines = transfer(debit=Account.FEES, credit=balance, money=fact.fee)
    if fact.charged.currency != fact.settled.currency:
        lines += transfer(debit=Account.EXCHANGE, credit=balance, money=fact.charged)
        lines += transfer(debit=balance, credit=Account.EXCHANGE, money=fact.settled)
    if not lines:
        return []
    return [Draft(reference=f"{fact.gateway}:{fact.ref}", at=fact.settled_at, lines=lines)]


def exchange(fact: Exchanged) -> Draft:
    """One currency goes and another comes; no sum across the two."""
    balance = BALANCES[fact.gateway]
    lines = transfer(debit=Account.EXCHANGE, credit=balance, money=fact.sold)
    lines += transfer(debit=balance, credit=Account.EXCHANGE, money=fact.bought)
    return Draft(reference=f"{fact.gateway}:{fact.ref}", at=fact.exchanged_at, lines=lines)


def refund(fact: RefundObserved) -> list[Draft]:
    """Money out when the refund is made, and in again when it failed.

    A refund that is first heard of as failed went out all the same: both are written.
    """
    balance, reference = BALANCES[fact.gateway], f"{fact.gateway}:{fact.ref}"
    out = transfer(debit=Account.REFUNDS, credit=balance, money=fact.money)
    made = [Draft(reference=reference, at=fact.refunded_at, lines=out)]
    if fact.status == "failed":
        back = transfer(debit=balance, credit=Account.REFUNDS, money=fact.money)
        made.append(Draft(reference=f"{reference}:failed", at=fact.refunded_at, lines=back))
    return made


def dispute_move(fact: DisputeMoved) -> Draft:
    """Money taken out or given back, and the bank's fee beside it."""
    balance = BALANCES[fact.gateway]
    lines = transfer(debit=balance, credit=Account.DISPUTES, money=fact.money)
    lines += transfer(debit=Account.FEES, credit=balance, money=fact.fee)
    return Draft(reference=f"{fact.gateway}:{fact.ref}", at=fact.moved_at, lines=lines)


def payout(fact: PayoutObserved) -> list[Draft]:
    """From the provider's balance to the bank as soon as it is made, and back when it failed.

    One that is first heard of as failed went out all the same: both are written.
    """
    balance, reference = BALANCES[fact.gateway], f"{fact.gateway}:{fact.ref}"
    out = transfer(debit=Account.BANK, credit=balance, money=fact.money)
    made = [Draft(reference=reference, at=fact.made_at, lines=out)]
    if fact.fee is not None and fact.fee.minor:
        kept = transfer(debit=Account.FEES, credit=balance, money=fact.fee)
        made.append(Draft(reference=f"{reference}:fee", at=fact.made_at, lines=kept))
    if fact.status in ("failed", "canceled"):
        back = transfer(debit=balance, credit=Account.BANK, money=fact.money)
        made.append(Draft(reference=f"{reference}:failed", at=fact.made_at, lines=back))
    return made
