"""What may change about giving: the operations that the outside calls."""

from donations.gateways.base import AmountTooSmall
from donations.giving.operations.fulfilling import NotYetKnown
from donations.giving.operations.pledging import CheckoutUnavailable, begin, expire_pledges
from donations.giving.operations.recording import record
from donations.giving.operations.stopping import StopUnavailable, stop_subscription
from donations.giving.queries import paypal_link

__all__ = [
    "AmountTooSmall",
    "CheckoutUnavailable",
    "NotYetKnown",
    "StopUnavailable",
    "begin",
    "expire_pledges",
    "paypal_link",
    "record",
    "stop_subscription",
]
