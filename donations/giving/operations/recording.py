"""The one door through which facts enter: rows, postings and letters in one transaction."""

from datetime import datetime
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
from donations.giving.operations import fulfilling, payouts, reversing, settling, subscribing
from donations.giving.operations.bookkeeping import drafts
from donations.ledger.operations import post
from donations.recounts.operations import recounting


@recounting()
def record(*, fact: Fact, at: datetime) -> None:  # noqa: C901 - a table of all kinds
    """Keep what a provider told. A second time changes nothing.

    Raises NotYetKnown for a fact about something that has not been told yet: try again later.
    """
    match fact:
        case PaymentReceived():
            fulfilling.record_payment(fact=fact, at=at)
        case PledgeLinked():
            fulfilling.link_pledge(fact=fact, at=at)
        case CheckoutEnded():
            fulfilling.end_checkout(fact=fact)
        case SubscriptionObserved():
            subscribing.record_subscription(fact=fact, at=at)
        case InstalmentFailed():
            subscribing.record_failure(fact=fact, at=at)
        case Settled():
            settling.record_settlement(fact=fact)
        case Exchanged():
            settling.record_exchange(fact=fact)
        case RefundObserved():
            reversing.record_refund(fact=fact)
        case DisputeObserved():
            reversing.record_dispute(fact=fact)
        case DisputeMoved():
            reversing.check_known(fact=fact)
        case PayoutObserved():
            payouts.record_payout(fact=fact)
        case _:
            assert_never(fact)
    for draft in drafts(fact):
        post(draft=draft, at=at)
