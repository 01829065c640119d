"""Money that leaves the balance for the bank."""

from ..errors import invalid
from ..money import Settled
from ..obj import Obj
from ..shapes import payout as shapes
from ..world import World
from . import charging

ON_ITS_WAY = ("pending", "in_transit")


def pay_out(
    world: World, currency: str, *, automatic: bool = True, amount: int | None = None
) -> Obj:
    """Everything on the balance that no payout has taken yet; by hand also a part of it.

    What is in an automatic one is settled when it is paid: until then Stripe does not say.
    """
    waiting = [
        move for move in moves(world) if move["currency"] == currency and is_free(world, move)
    ]
    total = sum(move["net"] for move in waiting)
    wanted = total if amount is None else amount
    if wanted == 0:
        message = "You have insufficient funds in your Stripe account for this transfer."
        raise invalid(message, code="balance_insufficient")
    made = world.add(shapes.payout(wanted, currency, automatic=automatic, now=world.now))
    own = charging.book(world, made["id"], Settled(-wanted, currency, None), kind="payout")
    made["balance_transaction"] = own["id"]
    for move in [*waiting, own] if automatic else [own]:
        take(world, move, made)
    world.emit("payout.created", made)
    return made


def moves(world: World) -> list[Obj]:
    return world.newest_first("balance_transaction")[::-1]


def is_free(world: World, move: Obj) -> bool:
    return "payout" not in world.hidden.get(move["id"], {})


def take(world: World, move: Obj, made: Obj) -> None:
    """The money is there now, and goes with this payout."""
    world.hidden[move["id"]] = {"payout": made["id"]}
    move |= {"status": "available", "available_on": min(move["available_on"], world.now)}


def send(world: World, ident: str) -> Obj:
    """The bank has it in hand."""
    made = _on_its_way(world, ident)
    before = {"status": made["status"]}
    made["status"] = "in_transit"
    world.emit("payout.updated", made, before)
    return made


def complete(world: World, ident: str) -> Obj:
    """It arrived, and a little later Stripe has settled what was in it."""
    made = _on_its_way(world, ident)
    made["status"] = "paid"
    world.emit("payout.paid", made)
    if made["automatic"]:
        made["reconciliation_status"] = "completed"
        world.emit("payout.reconciliation_completed", made)
    return made


def fail(world: World, ident: str) -> Obj:
    """The bank sent it back; that happens after it was called paid, too."""
    made = world.get("payout", ident)
    if made["status"] not in (*ON_ITS_WAY, "paid"):
        raise invalid(f"This payout is {made['status']}.", param="payout")
    made |= {"status": "failed", "failure_code": "account_closed"}
    made["failure_message"] = "The bank account has been closed."
    _back(world, made)
    world.emit("payout.failed", made)
    return made


def cancel(world: World, ident: str) -> Obj:
    """Called off before it left; of automatic ones nobody can."""
    made = world.get("payout", ident)
    if made["automatic"] or made["status"] != "pending":
        raise invalid("Payouts can only be canceled while they are pending.", param="payout")
    made["status"] = "canceled"
    _back(world, made)
    world.emit("payout.canceled", made)
    return made


def _back(world: World, made: Obj) -> None:
    back = Settled(made["amount"], made["currency"], None)
    entry = charging.book(world, made["id"], back, kind="payout_reversal")
    made["failure_balance_transaction"] = entry["id"]


def _on_its_way(world: World, ident: str) -> Obj:
    made = world.get("payout", ident)
    if made["status"] not in ON_ITS_WAY:
        raise invalid(f"This payout is already {made['status']}.", param="payout")
    return made


def balance(world: World) -> Obj:
    """What stands on the account now, by currency."""
    available: dict[str, int] = {}
    pending: dict[str, int] = {}
    for move in moves(world):
        is_there = move["status"] == "available" or move["available_on"] <= world.now
        into = available if is_there else pending
        into[move["currency"]] = into.get(move["currency"], 0) + move["net"]
    for currency in available.keys() | pending.keys():
        available.setdefault(currency, 0)
        pending.setdefault(currency, 0)
    return shapes.balance(available, pending)
