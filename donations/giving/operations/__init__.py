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
from donations.giving.operations.changing import (
    AlreadyEnded,
    ChangeRefused,
    ChangeUnavailable,
    NotNow,
    cancel,
    change_terms,
    keep,
    new_card_page,
    pause,
    resume,
)
from donations.giving.operations.following import decide_alike
from donations.giving.operations.fulfilling import NotYetKnown
from donations.giving.operations.many import Answer, record_many
from donations.giving.operations.notices import write_notices
from donations.giving.operations.owning import decide
from donations.giving.operations.pledging import CheckoutUnavailable, begin, expire_pledges
from donations.giving.operations.receipts import NobodyToWriteTo, TooSoon, send_receipt_again
from donations.giving.operations.recording import record
from donations.giving.operations.refunding import TooMuch, carry_out, left_of, order_refund
from donations.giving.operations.stopping import StopUnavailable, stop_subscription
from donations.giving.queries import paypal_link

__all__ = [
    "AlreadyAttributed",
    "AlreadyEnded",
    "AmountTooSmall",
    "Answer",
    "CannotUndo",
    "ChangeRefused",
    "ChangeUnavailable",
    "CheckoutUnavailable",
    "NoAddress",
    "NobodyToWriteTo",
    "NotNow",
    "NotYetKnown",
    "StopUnavailable",
    "TooMuch",
    "TooSoon",
    "attach",
    "attach_to_pledge",
    "begin",
    "cancel",
    "carry_out",
    "change_terms",
    "create_supporter",
    "decide",
    "decide_alike",
    "expire_pledges",
    "keep",
    "leave",
    "left_of",
    "new_card_page",
    "order_refund",
    "pause",
    "paypal_link",
    "record",
    "record_many",
    "resume",
    "send_receipt_again",
    "stop_subscription",
    "undo",
    "write_notices",
]
