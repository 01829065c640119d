"""Moves of the balance, and the payouts that took them to the bank. Nothing here asks."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from donations.gateways.events import Fact, Move, PayoutObserved
from donations.gateways.stripe.understand import Obj, id_of
from donations.gateways.stripe.words import (
    MOVE_KIND,
    NAME,
    PAYOUT_STATUS,
    from_stripe,
    moment,
    moment_or_none,
)


def tells_its_parts(payout: Obj) -> bool:
    """Only of automatic payouts, and only once Stripe has settled what is in one.

    (Stripe, "Payout reconciliation": a manual payout cannot be traced to its transactions.)
    """
    return bool(payout["automatic"]) and payout.get("reconciliation_status") == "completed"


def payout_facts(payout: Obj, moves: Iterable[Obj] | None, at: datetime) -> list[Fact]:
    """The state of a payout, and what is in it where that is known."""
    own = payout.get("balance_transaction")
    fee = from_stripe(own["fee"], own["currency"]) if isinstance(own, Mapping) else None
    return [
        PayoutObserved(
            gateway=NAME,
            ref=payout["id"],
            money=from_stripe(payout["amount"], payout["currency"]),
            fee=fee,
            status=PAYOUT_STATUS.get(payout["status"], "in_transit"),
            is_automatic=payout["automatic"],
            failure=payout.get("failure_code") or "",
            made_at=moment(payout["created"]),
            arrives_at=moment_or_none(payout.get("arrival_date")),
            observed_at=at,
            parts=None if moves is None else parts_of(payout, moves),
        )
    ]


def parts_of(payout: Obj, moves: Iterable[Obj]) -> tuple[Move, ...]:
    """Everything in it but the payout itself, which Stripe lists among them."""
    parts = (move_of(move) for move in moves)
    return tuple(part for part in parts if part.source_ref != payout["id"])


def move_of(move: Obj) -> Move:
    """A balance transaction, its source expanded so that it names its payment."""
    source = move.get("source")
    expanded = source if isinstance(source, Mapping) else {}
    kind = MOVE_KIND.get(move["reporting_category"], "other")
    payment_ref = id_of(expanded.get("payment_intent")) or id_of(expanded.get("charge"))
    if not payment_ref and kind == "payment":
        payment_ref = id_of(source)
    return Move(
        ref=move["id"],
        kind=kind,
        money=from_stripe(move["amount"], move["currency"]),
        fee=from_stripe(move["fee"], move["currency"]),
        moved_at=moment(move["created"]),
        source_ref=id_of(source),
        payment_ref=payment_ref,
    )
