"""Rows of the activity file as moves of PayPal's balance."""

from donations.gateways.events import Move, MoveKind
from donations.gateways.paypal.activity.rows import Row, as_fee
from donations.money import Money

FEES = ("chargeback_fee", "fee_reversal")


def moves_of_row(row: Row) -> list[Move]:
    """One; of a conversion one for each currency."""
    told = as_fee(row.told) if row.kind in FEES else row.told
    if row.bought is not None:
        return [
            move(row, kind="exchange", money=told.gross.negated(), fee=None),
            move(row, kind="exchange", money=row.bought, fee=None),
        ]
    return [move(row, kind=kind_of_move(row), money=told.gross, fee=told.fee)]


def kind_of_move(row: Row) -> MoveKind:
    """What it does."""
    if row.is_payment:
        return "payment"
    if row.kind == "withdrawal":
        return "payout_failure" if row.told.of_ref else "payout"
    return "refund" if row.kind == "refund" else "dispute"


def move(row: Row, *, kind: MoveKind, money: Money, fee: Money | None) -> Move:
    """With the names by which the books know it."""
    told = row.told
    return Move(
        ref=told.ref,
        kind=kind,
        money=money,
        fee=fee,
        moved_at=told.at,
        source_ref=told.of_ref or told.ref,
        payment_ref=told.ref if row.is_payment else told.of_ref,
    )
