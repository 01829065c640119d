"""Subscriptions: signed up, paid again, failed, modified, cancelled, over."""

from decimal import Decimal

from ...common.clock import after
from .. import ids
from ..dates import ipn_date
from ..ipn import fields, profiles
from ..ipn.encoding import Pairs
from ..links import Offer
from ..state import Payer, Subscription, Transaction
from ..world import World
from .paying import arrive, receiver, refuse_used_invoice

_INTERVALS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_TWINS = {
    "subscr_signup": "recurring_payment_profile_created",
    "subscr_cancel": "recurring_payment_profile_cancel",
    "subscr_eot": "recurring_payment_expired",
    "subscr_failed": "recurring_payment_failed",
}
_DAY = 86400


def subscribe(
    world: World, offer: Offer, *, payer: Payer, amount: Decimal, pending: bool = False
) -> Transaction:
    """Sign up and pay the first time; the donate page's monthly box makes a profile of it."""
    refuse_used_invoice(world, offer)
    sub = Subscription(
        ids.subscription_id(old=world.settings.old_ids),
        receiver(world, offer.business),
        offer.currency,
        amount,
        offer.unit or "M",
        offer.count or 1,
        payer,
        world.now,
        world.now,
        reattempts=offer.reattempts or offer.may_repeat,
        times=offer.times,
        is_profile=offer.may_repeat,
        said=dict(offer.said),
        notify_url=offer.notify_url,
    )
    _move_on(sub)
    world.add(sub)
    date = [("subscr_date", ipn_date(sub.at))]
    _tell(world, sub, "subscr_signup", [*date, *fields.terms(sub)])
    return _pay(world, sub, pending=pending)


def renew(world: World, sub: Subscription) -> Transaction:
    """The next payment; after the last one the subscription is over."""
    _must_be_active(sub)
    _move_on(sub)
    sub.failures = 0
    return _pay(world, sub)


def _pay(world: World, sub: Subscription, *, pending: bool = False) -> Transaction:
    kind = "recurring_payment" if sub.is_profile else "subscr_payment"
    txn = Transaction(ids.txn_id(), kind, sub.business, sub.currency, sub.amount, world.now)
    txn.payer, txn.notify_url, txn.said = sub.payer, sub.notify_url, dict(sub.said)
    txn.sub, txn.sub_field = sub.id, "recurring_payment_id" if sub.is_profile else "subscr_id"
    txn.old_sub = sub.old_id
    sub.paid += 1
    arrive(world, txn, pending=pending)
    if sub.times is not None and sub.paid >= sub.times > 1:
        end(world, sub)
    return txn


def fail(world: World, sub: Subscription) -> None:
    """A payment that failed: again after 3 days, again after 5, and then no more.

    A profile is not cancelled then but suspended.
    """
    _must_be_active(sub)
    sub.failures += 1
    waits = (3, 5)[sub.failures - 1 : sub.failures] if sub.reattempts else ()
    extra = [("retry_at", ipn_date(world.now + wait * _DAY)) for wait in waits]
    _tell(world, sub, "subscr_failed", [*extra, ("mc_gross", str(sub.amount))])
    if waits:
        return
    if sub.is_profile:
        sub.status = "suspended"
        _tell(world, sub, "recurring_payment_suspended_due_to_max_failed_payment")
    else:
        cancel(world, sub)


def modify(world: World, sub: Subscription, amount: Decimal) -> None:
    """Another amount, from the next payment on."""
    _must_be_active(sub)
    sub.amount = amount
    if sub.is_profile:
        return  # of a profile's new amount only the next payment tells
    dates = [("subscr_date", ipn_date(sub.at)), ("subscr_effective", ipn_date(sub.next_at))]
    _tell(world, sub, "subscr_modify", [*dates, *fields.terms(sub)])


def migrate(world: World, sub: Subscription) -> None:
    """An id of the new kind; messages name the old one beside it from now on."""
    world.subscriptions.pop(sub.id)
    sub.old_id, sub.id = sub.id, ids.subscription_id()
    world.add(sub)


def cancel(world: World, sub: Subscription) -> None:
    """By the donor, the newsroom or PayPal: no more payments. The end is told of later."""
    _must_be_active(sub)
    sub.status = "canceled"
    date = [("subscr_date", ipn_date(world.now))]
    _tell(world, sub, "subscr_cancel", [*date, *fields.terms(sub)])


def end(world: World, sub: Subscription) -> None:
    """The term is over; after a cancellation too, once what was paid for has run out."""
    if sub.status == "ended":
        raise ValueError(f"{sub.id} has ended already.")
    sub.status = "ended"
    _tell(world, sub, "subscr_eot")


def _tell(world: World, sub: Subscription, kind: str, extra: Pairs = ()) -> None:
    if sub.is_profile:
        kind = _TWINS.get(kind, kind)
        pairs = profiles.profile(sub, kind)
    else:
        pairs = fields.subscription(sub, kind, extra=extra)
    world.tell(kind, sub.id, pairs, url=sub.notify_url)


def _move_on(sub: Subscription) -> None:
    sub.next_at = after(sub.next_at, _INTERVALS[sub.unit], sub.count, anchor=sub.at)


def _must_be_active(sub: Subscription) -> None:
    if sub.status != "active":
        raise ValueError(f"{sub.id} is {sub.status}.")
