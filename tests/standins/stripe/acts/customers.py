"""Customers: made by Checkout, and deleted for good."""

from ..obj import Obj
from ..world import World
from . import subscribing


def delete(world: World, ident: str, params: Obj) -> Obj:
    """`DELETE /v1/customers/id`: subscriptions end at once, and nothing but the id is left."""
    customer = world.get("customer", ident)
    for sub in world.newest_first("subscription"):
        if sub["customer"] == ident and sub["status"] in subscribing.LIVING:
            subscribing.end(world, sub, reason="cancellation_requested")
    if not customer.get("deleted"):
        world.emit("customer.deleted", customer)
    return world.add({"id": ident, "object": "customer", "deleted": True})
