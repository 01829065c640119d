"""Subscriptions: begun by Checkout, changed through the API, ended."""

from ...common.clock import after
from .. import money
from ..cards import Card
from ..errors import invalid, no_such, not_simulated
from ..obj import Obj
from ..params.common_rules import check_currency, check_metadata, check_recurring
from ..params.schema import missing
from ..params.session_rules import check_amount
from ..shapes import billing as shapes
from ..shapes import payment as payments
from ..world import World
from . import invoicing
from .invoicing import changing

LIVING = ("active", "past_due", "unpaid", "trialing", "paused", "incomplete")
_SIMULATED = {
    "cancel_at", "cancel_at_period_end", "cancellation_details", "description", "expand",
    "items", "metadata", "pause_collection", "payment_behavior", "proration_behavior",
    "trial_end",
}  # fmt: skip


def start(
    world: World, *, customer: str, line: Obj, data: Obj, card: Card | None, email: str
) -> tuple[Obj, Obj, Obj]:
    """A subscription with its first invoice and a charge on its way."""
    now = world.now
    sub = shapes.subscription(customer, line["price_data"]["currency"], data=data, now=now)
    world.add(sub)
    world.hidden[sub["id"]] = {"card": card.number if card else None}
    stored = sub["default_payment_method"]
    world.add(payments.stored_method(stored, card, customer=customer, now=now))
    price = new_price(world, line["price_data"])
    _add_item(world, sub, price, line["quantity"])
    bill = invoicing.issue(world, sub, "subscription_create")
    world.emit("customer.subscription.created", sub)
    return sub, bill, invoicing.start_payment(world, bill, card)


def new_price(world: World, data: Obj) -> Obj:
    product = (
        data.get("product") or world.add(shapes.product(data["product_data"], world.now))["id"]
    )
    return world.add(shapes.price(data, product, world.now))


def _add_item(world: World, sub: Obj, price: Obj, quantity: int) -> None:
    recurring = price["recurring"]
    begin = world.now
    end = after(
        begin,
        recurring["interval"],
        recurring["interval_count"],
        anchor=sub["billing_cycle_anchor"],
    )
    item = shapes.item(price, quantity, subscription=sub["id"], period=(begin, end), now=begin)
    sub["items"]["data"].append(item)


def living(world: World, ident: str) -> Obj:
    """The subscription, unless it has ended: then Stripe says that it does not exist."""
    sub = world.get("subscription", ident)
    if sub["status"] not in LIVING:
        raise no_such("subscription", ident)
    return sub


def end(world: World, sub: Obj, *, reason: str) -> Obj:
    sub |= {"status": "canceled", "ended_at": world.now}
    sub["canceled_at"] = sub["canceled_at"] or world.now
    sub["cancellation_details"]["reason"] = reason
    world.emit("customer.subscription.deleted", sub)
    return sub


def cancel(world: World, ident: str, params: Obj) -> Obj:
    """`DELETE /v1/subscriptions/id`: at once, nothing is given back."""
    for name in ("prorate", "invoice_now"):
        if params.get(name):
            raise not_simulated(name)
    sub = living(world, ident)
    sub["cancellation_details"] |= params.get("cancellation_details", {})
    return end(world, sub, reason="cancellation_requested")


def update(world: World, ident: str, params: Obj) -> Obj:
    sub = world.get("subscription", ident)
    _check_update(sub, params)
    with changing(world, sub):
        _merge_metadata(sub, params)
        if "description" in params:
            sub["description"] = params["description"] or None
        if "cancellation_details" in params:
            sub["cancellation_details"] |= params["cancellation_details"]
        _change_items(world, sub, params)
        _begin_trial(world, sub, params)
        _change_end(world, sub, params)
        _change_pause(sub, params)
    return sub


def _check_update(sub: Obj, params: Obj) -> None:
    for name in params:
        if name not in _SIMULATED:
            raise not_simulated(name)
    check_metadata(params, "")
    harmless = {"metadata", "cancellation_details", "expand"}
    if sub["status"] not in LIVING and not set(params) <= harmless:
        raise invalid(
            "A canceled subscription can only update its cancellation_details and metadata."
        )
    if "cancel_at" in params and "cancel_at_period_end" in params:
        raise invalid(
            "You may only specify one of these parameters: cancel_at, cancel_at_period_end."
        )


def _merge_metadata(sub: Obj, params: Obj) -> None:
    """A key set to nothing is removed; nothing instead of the object removes all."""
    if "metadata" not in params:
        return
    merged = {**sub["metadata"], **params["metadata"]} if params["metadata"] else {}
    sub["metadata"] = {key: value for key, value in merged.items() if value != ""}


def _change_end(world: World, sub: Obj, params: Obj) -> None:
    if "cancel_at_period_end" in params:
        ends = params["cancel_at_period_end"]
        sub["cancel_at_period_end"] = ends
        sub["cancel_at"] = sub["items"]["data"][0]["current_period_end"] if ends else None
    elif "cancel_at" in params:
        if isinstance(params["cancel_at"], str) and params["cancel_at"]:
            raise not_simulated("cancel_at")
        sub["cancel_at"] = params["cancel_at"] or None
        sub["cancel_at_period_end"] = False
    else:
        return
    sub["canceled_at"] = world.now if sub["cancel_at"] else None
    sub["cancellation_details"]["reason"] = "cancellation_requested" if sub["cancel_at"] else None


def _change_pause(sub: Obj, params: Obj) -> None:
    """While collecting is paused the status stays active."""
    if "pause_collection" in params:
        pause = params["pause_collection"]
        sub["pause_collection"] = {"resumes_at": None} | pause if pause else None


def _change_items(world: World, sub: Obj, params: Obj) -> None:
    for number, change in enumerate(params.get("items", [])):
        path = f"items[{number}]"
        for name in change:
            if name not in ("id", "price_data", "quantity"):
                raise not_simulated(f"{path}[{name}]")
        price = _price_of(world, sub, change, f"{path}[price_data]")
        if "id" in change:
            _change_item(world, sub, change, price, params, path)
        elif price is None:
            raise missing(f"{path}[price_data]")
        else:
            # Without the item's id Stripe adds a second one: the reader would pay both.
            _add_item(world, sub, price, change.get("quantity", 1))


def _begin_trial(world: World, sub: Obj, params: Obj) -> None:
    """Nothing is charged until then, and the periods are counted from there."""
    if "trial_end" not in params:
        return
    end = params["trial_end"]
    if not isinstance(end, int):
        raise not_simulated("trial_end")
    if end <= world.now:
        raise invalid("Invalid timestamp: must be an integer Unix timestamp in the future.")
    sub |= {"status": "trialing", "trial_start": world.now, "trial_end": end}
    sub["billing_cycle_anchor"] = end
    for item in sub["items"]["data"]:
        item |= {"current_period_start": world.now, "current_period_end": end}
    invoicing.bill_nothing(world, sub)


def _price_of(world: World, sub: Obj, change: Obj, path: str) -> Obj | None:
    data = change.get("price_data")
    if data is None:
        return None
    check_currency(data["currency"], f"{path}[currency]")
    if data["currency"] != sub["currency"]:
        raise invalid(
            "The currency of a subscription cannot be changed.", param=f"{path}[currency]"
        )
    world.get("product", data["product"], param=f"{path}[product]")
    check_recurring(data["recurring"], f"{path}[recurring]")
    if "unit_amount" not in data:
        raise missing(f"{path}[unit_amount]")
    check_amount(world, data["unit_amount"], data["currency"], f"{path}[unit_amount]")
    return new_price(world, data)


def _change_item(
    world: World, sub: Obj, change: Obj, price: Obj | None, params: Obj, path: str
) -> None:
    item = next((one for one in sub["items"]["data"] if one["id"] == change["id"]), None)
    if item is None:
        raise no_such("subscription_item", change["id"], param=f"{path}[id]")
    before = item["price"]["unit_amount"] * item["quantity"]
    # A new price sets the quantity back to one.
    item["quantity"] = change.get("quantity", 1 if price else item["quantity"])
    if price is not None:
        if price["recurring"] != item["price"]["recurring"] and "trial_end" not in params:
            # Stripe would begin a new period and charge for it at once.
            raise not_simulated(f"{path}[price_data][recurring] of another length")
        item["price"] = price
    difference = item["price"]["unit_amount"] * item["quantity"] - before
    _prorate(world, sub, item, difference, params.get("proration_behavior", "create_prorations"))


def _prorate(world: World, sub: Obj, item: Obj, difference: int, behavior: str) -> None:
    """Unless told not to, Stripe bills the rest of the period with the next invoice."""
    if behavior == "always_invoice":
        raise not_simulated("proration_behavior=always_invoice")
    if behavior == "none":
        return
    whole = item["current_period_end"] - item["current_period_start"]
    left = max(0, min(whole, item["current_period_end"] - world.now))
    hidden = world.hidden.setdefault(sub["id"], {})
    share = money.share(difference, left, whole)
    hidden["prorations"] = hidden.get("prorations", 0) + share
