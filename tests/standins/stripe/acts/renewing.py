"""The next period of a subscription, and what happens when its payment fails."""

from ...common.clock import after
from .. import cards
from ..cards import Card
from ..errors import invalid
from ..obj import Obj
from ..world import World
from . import charging, invoicing, subscribing


def renew(world: World, ident: str) -> Obj:
    """Bill the next period now, whatever the clock says; an open invoice is tried again first.

    A subscription set to end ends; a paused one gets an invoice that is not collected; a card
    that fails renewals fails.
    """
    sub = subscribing.living(world, ident)
    card = card_of(world, sub)
    if card.renewals_fail or card.renewals_ask:
        return fail_renewal(world, ident, asks=card.renewals_ask)
    bill = open_invoice(world, sub)
    if bill is None:
        if _ends(sub):
            return subscribing.end(world, sub, reason="cancellation_requested")
        bill = _next_invoice(world, sub)
        if bill["status"] != "open":
            return sub
    pay_invoice(world, bill)
    return sub


def pay_invoice(world: World, bill: Obj) -> None:
    sub = invoicing.subscription_of(world, bill)
    charge = invoicing.start_payment(world, bill, card_of(world, sub))
    charging.succeed(world, charge)
    invoicing.mark_paid(world, bill)
    charging.settle(world, charge)


def fail_renewal(
    world: World, ident: str, *, final: bool = False, asks: bool = False, then: str = "canceled"
) -> Obj:
    """The next period's payment is refused, or asks for authentication.

    `final`: no further try; what follows is the account's setting: canceled, unpaid or past_due.
    """
    sub = subscribing.living(world, ident)
    bill = open_invoice(world, sub) or _next_invoice(world, sub)
    if bill["status"] != "open":
        raise invalid("Collecting is paused: there is no payment to fail.", param="id")
    charge = invoicing.start_payment(world, bill, card_of(world, sub))
    code, decline = (
        ("authentication_required",) * 2 if asks else ("card_declined", "generic_decline")
    )
    charging.fail(world, charge, decline_code=decline, code=code)
    invoicing.mark_failed(world, bill, final=final, asks=asks)
    if final and then == "canceled":
        return subscribing.end(world, sub, reason="payment_failed")
    if final and then == "unpaid":
        with invoicing.changing(world, sub):
            sub["status"] = "unpaid"
    return sub


def card_of(world: World, sub: Obj) -> Card:
    """The stored card; one started by bank debit renews like a good card."""
    return cards.CARDS[world.hidden.get(sub["id"], {}).get("card") or cards.VISA]


def open_invoice(world: World, sub: Obj) -> Obj | None:
    latest = world.objects.get(sub["latest_invoice"] or "")
    return latest if latest is not None and latest["status"] == "open" else None


def _ends(sub: Obj) -> bool:
    end = sub["items"]["data"][0]["current_period_end"]
    return sub["cancel_at_period_end"] or (sub["cancel_at"] is not None and sub["cancel_at"] <= end)


def _next_invoice(world: World, sub: Obj) -> Obj:
    """Move every item to its next period and bill it."""
    with invoicing.changing(world, sub):
        if sub["status"] == "trialing":
            sub["status"] = "active"
        for item in sub["items"]["data"]:
            recurring, start = item["price"]["recurring"], item["current_period_end"]
            item["current_period_start"] = start
            item["current_period_end"] = after(
                start,
                recurring["interval"],
                recurring["interval_count"],
                anchor=sub["billing_cycle_anchor"],
            )
        _end_pause_in_time(world, sub)
        bill = invoicing.issue(world, sub, "subscription_cycle")
    if sub["pause_collection"]:
        invoicing.set_aside(world, bill, sub["pause_collection"]["behavior"])
    return bill


def _end_pause_in_time(world: World, sub: Obj) -> None:
    pause = sub["pause_collection"]
    if pause and pause["resumes_at"] is not None and pause["resumes_at"] <= world.now:
        sub["pause_collection"] = None


def run_due(world: World) -> None:
    """Do what Stripe would have done by itself until now: renew, end, expire."""
    for sub in reversed(world.newest_first("subscription")):
        while sub["status"] in ("active", "trialing") and _end_of(sub) <= world.now:
            renew(world, sub["id"])


def _end_of(sub: Obj) -> int:
    end: int = sub["items"]["data"][0]["current_period_end"]
    return end
