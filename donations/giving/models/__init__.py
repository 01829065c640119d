"""Pledges, subscriptions, donations, and what went back of them.

Amounts are in the currency's minor unit (cents, bani), always positive.
"""

from donations.giving.models.attribution import Attribution
from donations.giving.models.donation import Donation
from donations.giving.models.pledge import Pledge
from donations.giving.models.reversal import Dispute, Refund
from donations.giving.models.subscription import Subscription
from donations.giving.models.words import Interval, Method, new_token

__all__ = [
    "Attribution",
    "Dispute",
    "Donation",
    "Interval",
    "Method",
    "Pledge",
    "Refund",
    "Subscription",
    "new_token",
]
