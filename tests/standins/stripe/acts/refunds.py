"""Money going back."""

from .. import money
from ..errors import ApiError, invalid
from ..obj import Obj
from ..params.common_rules import check_metadata
from ..shapes import trouble as shapes
from ..world import World
from . import charging, disputes


def create(world: World, params: Obj) -> Obj:
    """`POST /v1/refunds`."""
    if ("payment_intent" in params) == ("charge" in params):
        raise invalid("One of the following params should be provided: charge, payment_intent.")
    check_metadata(params, "")
    name = "payment_intent" if "payment_intent" in params else "charge"
    charge = charging.charge_of(world, params[name], param=name)
    return refund(
        world,
        charge,
        amount=params.get("amount"),
        status=world.settings.refund_status,
        reason=params.get("reason"),
        metadata=params.get("metadata") or {},
    )


def refund(
    world: World,
    charge: Obj,
    *,
    amount: int | None = None,
    status: str = "succeeded",
    reason: str | None = None,
    metadata: Obj | None = None,
) -> Obj:
    wanted = _allowed(world, charge, amount)
    made = shapes.refund(
        charge, wanted, status=status, reason=reason, metadata=metadata or {}, now=world.now
    )
    world.add(made)
    _count(charge, wanted)
    if status == "succeeded":
        _book(world, made)
    world.emit("refund.created", made)
    world.emit("charge.refunded", charge, {"amount_refunded": charge["amount_refunded"] - wanted})
    if status == "succeeded":
        # Stripe soon adds where the money went; for us it is one more telling of the same fact.
        made["destination_details"] = {"type": "card", "card": {"type": "refund"}}
        world.emit("refund.updated", made, {"destination_details": None})
    return made


def _allowed(world: World, charge: Obj, amount: int | None) -> int:
    left: int = charge["amount_captured"] - charge["amount_refunded"]
    if charge["status"] != "succeeded":
        raise invalid("This charge has not succeeded and cannot be refunded.", param="charge")
    if disputes.blocks_refund(world, charge):
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise invalid(message, code="charge_disputed")
    if left == 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise invalid(message, code="charge_already_refunded")
    wanted = left if amount is None else amount
    if wanted < 1:
        raise _amount_error("Invalid positive integer")
    if wanted > left:
        shown = money.plain(wanted, charge["currency"]), money.plain(left, charge["currency"])
        raise _amount_error(
            f"Refund amount ({shown[0]}) is greater than unrefunded amount on charge ({shown[1]})"
        )
    return wanted


def _amount_error(message: str) -> ApiError:
    return invalid(message, param="amount", code="parameter_invalid_integer")


def _count(charge: Obj, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]


def _book(world: World, made: Obj) -> None:
    settled = charging.back(world, made["amount"], made["currency"])
    made["balance_transaction"] = charging.book(world, made["id"], settled, kind="refund")["id"]


def complete(world: World, ident: str) -> Obj:
    """A pending refund went through."""
    made = world.get("refund", ident)
    if made["status"] != "pending":
        raise invalid(f"This refund is {made['status']}, not pending.", param="refund")
    made["status"] = "succeeded"
    _book(world, made)
    world.emit("refund.updated", made, {"status": "pending", "balance_transaction": None})
    return made


def fail(world: World, ident: str) -> Obj:
    """The bank sent the money back, even weeks after the refund "succeeded"."""
    made = world.get("refund", ident)
    if made["status"] not in ("pending", "succeeded"):
        raise invalid(f"This refund is already {made['status']}.", param="refund")
    before = {"status": made["status"]}
    made |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
    if made["balance_transaction"]:
        settled = charging.back(world, -made["amount"], made["currency"])
        entry = charging.book(world, made["id"], settled, kind="refund_failure")
        made["failure_balance_transaction"] = entry["id"]
    _count(world.get("charge", made["charge"]), -made["amount"])
    world.emit("refund.updated", made, before)
    world.emit("refund.failed", made)
    return made
