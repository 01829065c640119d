"""Refunds that a colleague asks for."""

from datetime import datetime

from django.db import transaction

from donations.gateways import manual
from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.registry import gateway_named
from donations.giving import operations as giving
from donations.giving.models import Donation, RefundOrder
from donations.history.operations import keep_change
from donations.money import Money
from donations.supporters.models import User
from donations.webhooks.operations import hear


def refund(
    *, donation: Donation, money: Money, by: User, token: str, why: str, at: datetime
) -> RefundOrder:
    """Give money of a gift back. Raises TooMuch; what became of it is in the order's state.

    Must not be called inside a transaction: between the order and its refund the provider is asked.
    """
    with transaction.atomic():
        left = giving.left_of(donation)
        order, is_new = giving.order_refund(donation=donation, money=money, token=token, at=at)
        if is_new:
            keep_change(
                what="donation.refunded",
                by=by,
                about=donation,
                supporter=donation.supporter,
                before={"left_minor": left.minor, "currency": left.currency},
                after={"left_minor": left.minor - money.minor, "currency": left.currency},
                why=why,
                at=at,
            )
    return ask(order=order, at=at)


def ask(*, order: RefundOrder, at: datetime) -> RefundOrder:
    """Carry an order out, or ask again about one that nobody answered."""
    if order.donation.gateway == manual.NAME:
        hand_back(order=order, at=at)
    else:
        giving.carry_out(order=order)
        listen(donation=order.donation, at=at)
    order.refresh_from_db()
    return order


def hand_back(*, order: RefundOrder, at: datetime) -> None:
    """What came by hand goes back by hand: entering it is all that there is to it."""
    told = manual.Return(
        ref=order.token,
        payment_ref=order.donation.gateway_ref,
        amount_minor=order.amount_minor,
        currency=order.currency,
        returned_at=order.asked_at.isoformat(),
        order_token=order.token,
    )
    hear(gateway=manual.NAME, told=[manual.as_notification(told)], at=at)


def listen(*, donation: Donation, at: datetime) -> None:
    """Into the books at once, instead of when the notification comes.

    What is told now under a name of its own is told again by it, and then is known.
    """
    try:
        told = list(gateway_named(donation.gateway).told_of_refunds(donation.payment_ref))
    except (GatewayUnavailable, GatewayRefused):
        return
    hear(gateway=donation.gateway, told=told, at=at)
