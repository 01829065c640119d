"""Invoices of subscriptions: issued, paid, failed."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

from ..cards import Card
from ..errors import no_such
from ..obj import Obj
from ..shapes import invoice as shapes
from ..world import World
from . import charging

RETRY_AFTER = 3 * 86400


@contextmanager
def changing(world: World, sub: Obj) -> Iterator[None]:
    """Emit `customer.subscription.updated` with what was different before, if anything was."""
    before = deepcopy(sub)
    try:
        yield
    except BaseException:  # refused halfway: nothing has changed
        sub.clear()
        sub.update(before)
        raise
    previous = {key: value for key, value in before.items() if sub[key] != value}
    if previous:
        world.emit("customer.subscription.updated", sub, previous)


def issue(world: World, sub: Obj, reason: str) -> Obj:
    """An open invoice for the current period of every item, and for what changes left over."""
    number = sum(bill["customer"] == sub["customer"] for bill in world.newest_first("invoice"))
    bill = shapes.invoice(
        sub,
        reason=reason,
        email=world.get("customer", sub["customer"])["email"],
        number=f"{sub['customer'][-8:].upper()}-{number + 1:04}",
        base_url=world.base_url,
        now=world.now,
    )
    items = sub["items"]["data"]
    leftover = world.hidden[sub["id"]].pop("prorations", 0)
    if leftover:
        shapes.add_line(bill, items[0], leftover, proration=True)
    for item in items:
        shapes.add_line(bill, item, item["price"]["unit_amount"] * item["quantity"])
    sub["latest_invoice"] = bill["id"]
    return world.add(bill)


def bill_nothing(world: World, sub: Obj) -> None:
    """A trial begins with an invoice over nothing, which counts as paid."""
    bill = shapes.invoice(
        sub,
        reason="subscription_update",
        email=world.get("customer", sub["customer"])["email"],
        number=f"{sub['customer'][-8:].upper()}-T{world.now}",
        base_url=world.base_url,
        now=world.now,
    )
    for item in sub["items"]["data"]:
        shapes.add_line(bill, item, 0)
    bill |= {"status": "paid", "amount_paid": 0, "auto_advance": False}
    bill["status_transitions"]["paid_at"] = world.now
    world.add(bill)
    sub["latest_invoice"] = bill["id"]
    world.emit("invoice.paid", bill)


def start_payment(world: World, bill: Obj, card: Card | None) -> Obj:
    """A charge on its way for this invoice; every attempt uses the same PaymentIntent."""
    intent = _intent(world, bill)
    bill |= {"attempted": True, "attempt_count": bill["attempt_count"] + 1}
    return charging.start(world, intent, email=bill["customer_email"], card=card)


def _intent(world: World, bill: Obj) -> Obj:
    payment = payment_of(world, bill["id"])
    if payment is not None:
        return world.get("payment_intent", payment["payment"]["payment_intent"])
    words = "creation" if bill["billing_reason"] == "subscription_create" else "update"
    intent = charging.new_intent(
        world,
        bill["amount_due"],
        bill["currency"],
        customer=bill["customer"],
        data={"description": f"Subscription {words}"},
    )
    world.add(shapes.invoice_payment(bill, intent["id"], world.now))
    return intent


def payment_of(world: World, invoice_id: str) -> Obj | None:
    payments = world.newest_first("invoice_payment")
    return next((one for one in payments if one["invoice"] == invoice_id), None)


def intent_of(world: World, invoice_id: str) -> str:
    payment = payment_of(world, invoice_id)
    if payment is None:
        raise no_such("invoice_payment", invoice_id)
    ident: str = payment["payment"]["payment_intent"]
    return ident


def subscription_of(world: World, bill: Obj) -> Obj:
    return world.get("subscription", bill["parent"]["subscription_details"]["subscription"])


def mark_paid(world: World, bill: Obj) -> None:
    bill |= {"status": "paid", "amount_paid": bill["amount_due"], "amount_remaining": 0}
    bill |= {"auto_advance": False, "next_payment_attempt": None}
    bill["status_transitions"]["paid_at"] = world.now
    payment = payment_of(world, bill["id"])
    if payment is not None:
        payment |= {"status": "paid", "amount_paid": bill["amount_paid"]}
        payment["status_transitions"]["paid_at"] = world.now
    world.emit("invoice.paid", bill)
    if payment is not None:
        world.emit("invoice_payment.paid", payment)
    sub = subscription_of(world, bill)
    with changing(world, sub):
        if sub["status"] in ("past_due", "unpaid"):
            sub["status"] = "active"


def mark_failed(world: World, bill: Obj, *, final: bool = False, asks: bool = False) -> None:
    """One more attempt failed; without a next attempt this was the last."""
    bill["next_payment_attempt"] = None if final else world.now + RETRY_AFTER
    bill["auto_advance"] = not final
    world.emit("invoice.payment_failed", bill)
    if asks:
        world.emit("invoice.payment_action_required", bill)
    sub = subscription_of(world, bill)
    with changing(world, sub):
        sub["status"] = "past_due"


def set_aside(world: World, bill: Obj, behavior: str) -> None:
    """What becomes of an invoice while collecting is paused."""
    status = {"void": "void", "mark_uncollectible": "uncollectible"}.get(behavior, "draft")
    bill |= {"status": status, "auto_advance": False}
    if status == "void":
        bill["status_transitions"]["voided_at"] = world.now
        world.emit("invoice.voided", bill)
    elif status == "uncollectible":
        bill["status_transitions"]["marked_uncollectible_at"] = world.now
        world.emit("invoice.marked_uncollectible", bill)
