"""A payer contests a charge at the bank."""

from .. import money
from ..errors import invalid
from ..obj import Obj
from ..shapes import trouble as shapes
from ..world import World
from . import charging

_CLOSED = ("won", "lost", "warning_closed")


def open_dispute(
    world: World, charge: Obj, *, amount: int | None = None, inquiry: bool = False
) -> Obj:
    """A dispute takes the amount and a fee at once; an inquiry moves no money."""
    status = "warning_needs_response" if inquiry else "needs_response"
    dispute = shapes.dispute(charge, amount or charge["amount"], status=status, now=world.now)
    world.add(dispute)
    charge["disputed"] = True
    world.emit("charge.dispute.created", dispute)
    if not inquiry:
        _move(world, dispute, kind="dispute", fee=money.DISPUTE_FEE)
        world.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def _move(world: World, dispute: Obj, *, kind: str, fee: int = 0) -> None:
    settled = charging.back(world, dispute["amount"], dispute["currency"])
    if kind == "dispute_reversal":
        settled = money.Settled(-settled.amount, settled.currency, settled.rate)
    entry = charging.book(world, dispute["id"], settled, kind=kind, fee=fee)
    dispute["balance_transactions"].append(entry)


def answer(world: World, ident: str) -> Obj:
    """Evidence was sent; the bank looks at it."""
    dispute = _open(world, ident)
    before = {"status": dispute["status"]}
    inquiry = dispute["status"].startswith("warning")
    dispute["status"] = "warning_under_review" if inquiry else "under_review"
    dispute["evidence_details"] |= {"has_evidence": True, "submission_count": 1}
    world.emit("charge.dispute.updated", dispute, before)
    return dispute


def close(world: World, ident: str, status: str) -> Obj:
    """`won` gives the money back, `lost` does not; an inquiry only ends."""
    dispute = _open(world, ident)
    if dispute["status"].startswith("warning"):
        status = "warning_closed"
    if status not in _CLOSED:
        raise invalid(f"Invalid status: must be one of {', '.join(_CLOSED)}", param="status")
    dispute["status"] = status
    dispute["is_charge_refundable"] = status != "lost"
    world.emit("charge.dispute.closed", dispute)
    if status == "won":
        _move(world, dispute, kind="dispute_reversal")
        world.emit("charge.dispute.funds_reinstated", dispute)
    return dispute


def _open(world: World, ident: str) -> Obj:
    dispute = world.get("dispute", ident)
    if dispute["status"] in _CLOSED:
        raise invalid(f"This dispute is already closed: {dispute['status']}.", param="dispute")
    return dispute


def blocks_refund(world: World, charge: Obj) -> bool:
    """A refund on top of a dispute would pay the reader twice; Stripe refuses it."""
    return any(
        dispute["charge"] == charge["id"] and not dispute["is_charge_refundable"]
        for dispute in world.newest_first("dispute")
    )
