"""What is entered, as it is kept: the body of a notification."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from donations.gateways.base import Notification
from donations.gateways.events import Fact, PaymentReceived, RefundObserved
from donations.money import Money

NAME = "manual"
GIFT, GIVEN_BACK = "gift", "given back"
Way = Literal["cash", "bank"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Money that came outside of any provider. `ref` is the newsroom's own, and there once."""

    ref: str
    way: Way
    amount_minor: int
    currency: str
    received_at: str
    payer_email: str = ""
    payer_name: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Return:
    """Money of it that was handed back, or was never there: the entry was a mistake."""

    ref: str
    payment_ref: str
    amount_minor: int
    currency: str
    returned_at: str
    order_token: str


def as_notification(told: Entry | Return) -> tuple[Notification, bytes]:
    """As it is kept; the same `ref` is the same notification."""
    kind = GIFT if isinstance(told, Entry) else GIVEN_BACK
    body = json.dumps(asdict(told), ensure_ascii=False).encode()
    return Notification(event_id=f"{kind}:{told.ref}", kind=kind), body


def facts_of(kind: str, body: bytes, at: datetime) -> list[Fact]:
    """What an entry says; nothing for a kind that is none of these."""
    told: dict[str, Any] = json.loads(body)
    if kind == GIFT:
        return [payment(Entry(**told))]
    return [refund(Return(**told), at)] if kind == GIVEN_BACK else []


def payment(entry: Entry) -> PaymentReceived:
    """The money. Nobody is thanked by itself: whoever enters it says whether."""
    return PaymentReceived(
        gateway=NAME,
        ref=entry.ref,
        payment_ref=entry.ref,
        money=Money(entry.amount_minor, entry.currency),
        received_at=datetime.fromisoformat(entry.received_at),
        payer_email=entry.payer_email,
        payer_name=entry.payer_name,
        note=entry.note,
    )


def refund(told: Return, at: datetime) -> RefundObserved:
    """Money back; by hand it is done when it is entered."""
    return RefundObserved(
        gateway=NAME,
        ref=told.ref,
        payment_ref=told.payment_ref,
        money=Money(told.amount_minor, told.currency),
        status="succeeded",
        refunded_at=datetime.fromisoformat(told.returned_at),
        observed_at=at,
        order_token=told.order_token,
    )
