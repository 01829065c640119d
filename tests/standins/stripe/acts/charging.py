"""Money moving from a card to the balance: intents, charges, balance transactions."""

from .. import money
from ..cards import Card
from ..errors import no_such
from ..obj import Obj
from ..shapes import payment as shapes
from ..world import World


def new_intent(world: World, amount: int, currency: str, *, customer: str | None, data: Obj) -> Obj:
    """`data` is what Checkout passes on: metadata, description, receipt_email."""
    metadata = data.get("metadata") or {}
    intent = shapes.intent(amount, currency, customer=customer, metadata=metadata, now=world.now)
    for name in ("description", "receipt_email", "statement_descriptor_suffix"):
        intent[name] = data.get(name)
    return world.add(intent)


def start(world: World, intent: Obj, *, email: str | None, card: Card | None) -> Obj:
    """A charge that is on its way; a bank debit stays so for days."""
    charge = world.add(shapes.charge(intent, email=email, card=card, now=world.now))
    intent |= {"latest_charge": charge["id"], "status": "processing"}
    intent |= {"payment_method": charge["payment_method"]}
    return charge


def succeed(world: World, charge: Obj) -> Obj:
    """The money is taken. Its fee is not known yet: see `settle`."""
    intent = world.get("payment_intent", charge["payment_intent"])
    charge |= {"status": "succeeded", "paid": True, "captured": True}
    charge |= {"amount_captured": charge["amount"]}
    charge |= {"receipt_url": f"{world.base_url}/receipt/{charge['id']}"}
    charge["outcome"] = {"network_status": "approved_by_network", "type": "authorized"}
    intent |= {
        "status": "succeeded",
        "amount_received": charge["amount"],
        "last_payment_error": None,
    }
    world.emit("charge.succeeded", charge)
    world.emit("payment_intent.succeeded", intent)
    return charge


def fail(world: World, charge: Obj, *, decline_code: str, code: str = "card_declined") -> None:
    intent = world.get("payment_intent", charge["payment_intent"])
    error = shapes.payment_error(code, decline_code)
    charge |= {"status": "failed", "failure_code": code, "failure_message": error["message"]}
    intent |= {"status": "requires_payment_method", "last_payment_error": error}
    world.emit("charge.failed", charge)
    world.emit("payment_intent.payment_failed", intent)


def settle(world: World, charge: Obj) -> None:
    """The balance transaction comes after the charge, and `charge.updated` announces it."""
    if world.settings.fees_later or charge["balance_transaction"] is not None:
        return
    settled = money.settle(charge["amount"], charge["currency"], world.settings.settles_in)
    entry = book(
        world, charge["id"], settled, kind="charge", fee=money.processing_fee(settled.amount)
    )
    charge["balance_transaction"] = entry["id"]
    world.emit("charge.updated", charge, {"balance_transaction": None})


def settle_all(world: World) -> None:
    """Settle what `fees_later` kept back, oldest first."""
    world.settings.fees_later = False
    for charge in reversed(world.newest_first("charge")):
        if charge["status"] == "succeeded":
            settle(world, charge)


def book(world: World, source: str, settled: money.Settled, *, kind: str, fee: int = 0) -> Obj:
    entry = shapes.balance_transaction(source, settled, kind=kind, fee=fee, now=world.now)
    return world.add(entry)


def back(world: World, amount: int, currency: str) -> money.Settled:
    """What leaves the balance when this amount goes back to the payer."""
    settled = money.settle(amount, currency, world.settings.settles_in)
    return money.Settled(-settled.amount, settled.currency, settled.rate)


def charge_of(world: World, ident: str, *, param: str = "id") -> Obj:
    """The charge with this id, or the latest one of the PaymentIntent with this id."""
    if ident.startswith("ch_"):
        return world.get("charge", ident, param=param)
    intent = world.get("payment_intent", ident, param=param)
    if intent["latest_charge"] is None:
        raise no_such("charge", ident, param=param)
    return world.get("charge", intent["latest_charge"])
