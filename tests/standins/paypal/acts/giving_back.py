"""Money that goes back: refunds, reversals, cases and what settles them."""

from dataclasses import replace
from decimal import Decimal

from .. import ids
from ..ipn import fields
from ..money import fee_back
from ..state import Transaction
from ..world import World
from .paying import tell


def left(world: World, txn: Transaction) -> Decimal:
    """What has not gone back yet."""
    kinds = ("refund", "reversal", "canceled_reversal", "adjustment")
    return txn.gross + sum(each.gross for each in world.about(txn) if each.kind in kinds)


def refund(world: World, txn: Transaction, amount: Decimal | None) -> Transaction:
    """All that is left, or a part; PayPal keeps the fixed part of its fee."""
    part = amount if amount is not None else left(world, txn)
    _must_have(world, txn, part)
    back = fee_back(txn.fee, part, txn.gross, txn.currency)
    made = _follow(world, txn, "refund", -part, fee=-back, status="Refunded", reason="refund")
    tell(world, made)
    return made


def reverse(world: World, txn: Transaction, reason: str) -> Transaction:
    """PayPal or the bank takes the payment back, fee and all."""
    part = left(world, txn)
    _must_have(world, txn, part)
    release(world, txn)
    made = _follow(world, txn, "reversal", -part, fee=-txn.fee, status="Reversed", reason=reason)
    tell(world, made)
    return made


def cancel_reversal(world: World, txn: Transaction) -> Transaction:
    """The newsroom was right after all: the last reversal comes in again."""
    reversals, undone = world.about(txn, "reversal"), world.about(txn, "canceled_reversal")
    if len(reversals) <= len(undone):
        raise ValueError(f"{txn.id} is not reversed.")
    last = reversals[-1]
    made = _follow(
        world,
        txn,
        "canceled_reversal",
        -last.gross,
        fee=-last.fee,
        status="Canceled_Reversal",
        reason="other",
    )
    tell(world, made)
    return made


def open_case(world: World, txn: Transaction, kind: str, reason: str) -> str:
    """A complaint, a dispute or a chargeback; the money is held until it is settled."""
    part = left(world, txn)
    _must_have(world, txn, part)
    ident = ids.case_id()
    txn.case = ident
    pairs = fields.case(txn, ident=ident, kind=kind, reason=reason, at=world.now)
    world.tell("new_case", txn.id, pairs, url=txn.notify_url)
    _follow(world, txn, "hold", -part)
    return ident


def adjust(world: World, txn: Transaction, amount: Decimal | None) -> Transaction:
    """The case was settled against the newsroom."""
    part = amount if amount is not None else left(world, txn)
    _must_have(world, txn, part)
    release(world, txn)
    made = _follow(world, txn, "adjustment", -part, reason="chargeback_settlement")
    world.tell("adjustment", made.id, fields.adjustment(made), url=txn.notify_url)
    return made


def release(world: World, txn: Transaction) -> None:
    """What a case held is free again; nobody is told but the activity file."""
    holds, released = world.about(txn, "hold"), world.about(txn, "release")
    for hold in holds[len(released) :]:
        _follow(world, txn, "release", -hold.gross)


def _follow(
    world: World,
    txn: Transaction,
    kind: str,
    gross: Decimal,
    *,
    fee: Decimal = Decimal(0),
    status: str = "Completed",
    reason: str = "",
) -> Transaction:
    made = replace(
        txn, id=ids.txn_id(), kind=kind, gross=gross, fee=fee, status=status, reason=reason
    )
    made.at, made.completed_at, made.parent = world.now, 0, txn.id
    made.said = {name: text for name, text in txn.said.items() if name not in ("memo", "invoice")}
    made.settled = {}
    return world.add(made)


def _must_have(world: World, txn: Transaction, part: Decimal) -> None:
    if txn.parent or txn.status != "Completed" or txn.gross <= 0:
        raise ValueError(f"{txn.id} is no payment that arrived.")
    if not 0 < part <= left(world, txn):
        raise ValueError(f"Only {left(world, txn)} {txn.currency} is left of {txn.id}.")
