"""Fees and settled amounts, when they become known."""

from donations.gateways.events import Exchanged, Settled
from donations.giving.operations.fulfilling import NotYetKnown
from donations.giving.operations.reversing import paid_donation
from donations.ledger.queries import posted


def record_settlement(*, fact: Settled) -> None:
    """Keep what a payment left on the balance and what it cost. Raises NotYetKnown."""
    donation = paid_donation(gateway=fact.gateway, payment_ref=fact.payment_ref)
    if fact.of == "payment":
        donation.mark_settled(settled=fact.settled, fee=fact.fee)


def record_exchange(*, fact: Exchanged) -> None:
    """Keep what a payment became in another currency. Raises NotYetKnown.

    Of a refund or of money taken for a dispute, the books alone keep it.
    """
    try:
        donation = paid_donation(gateway=fact.gateway, payment_ref=fact.payment_ref)
    except NotYetKnown:
        if posted([f"{fact.gateway}:{fact.payment_ref}"]):
            return
        raise
    if fact.sold.currency == donation.currency:
        donation.mark_exchanged(bought=fact.bought)
