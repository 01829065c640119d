"""Pledges, subscriptions, donations, what went back of them, and what reached the bank.

Amounts are in the currency's minor unit (cents, bani), always positive.
"""

from donations.giving.models.attribution import Attribution
from donations.giving.models.donation import Donation
from donations.giving.models.order import RefundOrder
from donations.giving.models.payout import Payout, PayoutItem
from donations.giving.models.pledge import Pledge
from donations.giving.models.reading import Reading
from donations.giving.models.reversal import Dispute, Refund
from donations.giving.models.subscription import Subscription
from donations.giving.models.words import Interval, Method, new_token

__all__ = [
    "Attribution",
    "Dispute",
    "Donation",
    "Interval",
    "Method",
    "Payout",
    "PayoutItem",
    "Pledge",
    "Reading",
    "Refund",
    "RefundOrder",
    "Subscription",
    "new_token",
]
