"""The customer portal: where a reader changes the card or ends a subscription."""

from urllib.parse import urlsplit

from .. import cards
from ..errors import invalid
from ..obj import Obj
from ..params.schema import missing
from ..shapes import checkout as shapes
from ..shapes import payment as payments
from ..world import World
from . import subscribing


def create(world: World, params: Obj) -> Obj:
    """`POST /v1/billing_portal/sessions`."""
    if "customer" not in params:
        raise missing("customer")
    world.get("customer", params["customer"], param="customer")
    return_url = params.get("return_url")
    if return_url is not None and urlsplit(return_url).scheme not in ("http", "https"):
        raise invalid("Not a valid URL", param="return_url", code="url_invalid")
    flow = params.get("flow_data", {})
    for kind in ("subscription_cancel", "subscription_update"):
        if flow.get("type") == kind:
            ident = flow.get(kind, {}).get("subscription", "")
            subscribing.living(world, ident)
    return world.add(shapes.portal_session(params, now=world.now, base_url=world.base_url))


def subscriptions(world: World, session: Obj) -> list[Obj]:
    return [
        sub
        for sub in world.newest_first("subscription")
        if sub["customer"] == session["customer"] and sub["status"] in subscribing.LIVING
    ]


def change_card(world: World, session: Obj, number: str) -> None:
    """The new card pays from now on, for every subscription of the customer."""
    card = cards.find(number)
    if card.declined:
        raise cards.CardDeclinedError(card.declined)
    for sub in subscriptions(world, session):
        world.hidden.setdefault(sub["id"], {})["card"] = card.number
        stored = sub["default_payment_method"]
        customer, now = session["customer"], world.now
        world.add(payments.stored_method(stored, card, customer=customer, now=now))
