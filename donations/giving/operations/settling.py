"""Fees and settled amounts, when they become known."""

from donations.gateways.events import Settled
from donations.giving.operations.reversing import paid_donation


def record_settlement(*, fact: Settled) -> None:
    """Keep what a payment left on the balance and what it cost. Raises NotYetKnown."""
    donation = paid_donation(gateway=fact.gateway, payment_ref=fact.payment_ref)
    if fact.of == "payment":
        donation.mark_settled(settled=fact.settled, fee=fact.fee)
