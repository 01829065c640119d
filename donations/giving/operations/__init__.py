"""What may change about giving: the operations that the outside calls."""

from donations.gateways.base import AmountTooSmall
from donations.giving.operations.attributing import (
    AlreadyAttributed,
    CannotUndo,
    NoAddress,
    attach,
    attach_to_pledge,
    create_supporter,
    leave,
    undo,
)
from donations.giving.operations.following import decide_alike
from donations.giving.operations.fulfilling import NotYetKnown
from donations.giving.operations.many import Answer, record_many
from donations.giving.operations.pledging import CheckoutUnavailable, begin, expire_pledges
from donations.giving.operations.recording import record
from donations.giving.operations.stopping import StopUnavailable, stop_subscription
from donations.giving.queries import paypal_link

__all__ = [
    "AlreadyAttributed",
    "AmountTooSmall",
    "Answer",
    "CannotUndo",
    "CheckoutUnavailable",
    "NoAddress",
    "NotYetKnown",
    "StopUnavailable",
    "attach",
    "attach_to_pledge",
    "begin",
    "create_supporter",
    "decide_alike",
    "expire_pledges",
    "leave",
    "paypal_link",
    "record",
    "record_many",
    "stop_subscription",
    "undo",
]
