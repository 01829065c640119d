"""Giving money back: kept as an order before the provider is asked, so that no answer is needed.

The books are written by what the provider tells of it, never by its answer.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from donations.gateways.base import (
    AlreadyRefunded,
    Contested,
    GatewayRefused,
    GatewayUnavailable,
    RefundRequest,
)
from donations.gateways.registry import gateway_named
from donations.giving.models import Donation, Refund, RefundOrder
from donations.money import Money

ALREADY, CONTESTED, OTHER = "already refunded", "contested", "refused"


class TooMuch(Exception):
    """More than is left of the gift; `left` is how much that is."""

    def __init__(self, left: Money) -> None:
        super().__init__(f"{left.minor} {left.currency} left")
        self.left = left


def left_of(donation: Donation) -> Money:
    """What was not given back, and not asked to be given back."""
    returned = donation.refunds.exclude(status=Refund.Status.FAILED)
    told = donation.refunds.values("gateway_ref")
    asked = donation.refund_orders.exclude(state=RefundOrder.State.REFUSED)
    untold = asked.exclude(refund_ref__in=told)
    gone = sum(each.aggregate(sum=Sum("amount_minor"))["sum"] or 0 for each in (returned, untold))
    return Money(max(donation.amount_minor - gone, 0), donation.currency)


@transaction.atomic
def order_refund(
    *, donation: Donation, money: Money, token: str, at: datetime
) -> tuple[RefundOrder, bool]:
    """Keep what is to go back, and whether that is new: the same token a second time is the first.

    Raises TooMuch.
    """
    locked = Donation.objects.select_for_update().get(pk=donation.pk)
    if known := RefundOrder.objects.filter(token=token, donation=locked).first():
        return known, False
    left = left_of(locked)
    if money.currency != left.currency or not 0 < money.minor <= left.minor:
        raise TooMuch(left)
    made = RefundOrder.objects.create(
        donation=locked,
        token=token,
        amount_minor=money.minor,
        currency=money.currency,
        asked_at=at,
    )
    return made, True


def carry_out(*, order: RefundOrder) -> RefundOrder:
    """Ask the provider, or ask again when its answer never came: of one order comes one refund.

    Must not be called inside a transaction. Whatever happens is in the order's state.
    """
    if order.state != RefundOrder.State.ASKED:
        return order
    gateway = gateway_named(order.donation.gateway)
    try:
        ref = (order.problem and found(order)) or gateway.refund(request_of(order))
    except GatewayUnavailable as error:
        order.mark_unanswered(problem=str(error), is_spent=error.answered)
    except AlreadyRefunded:
        order.mark_refused(problem=ALREADY)
    except Contested:
        order.mark_refused(problem=CONTESTED)
    except GatewayRefused as error:
        order.mark_refused(problem=f"{OTHER}: {error}")
    else:
        order.mark_made(ref=ref)
    return order


def found(order: RefundOrder) -> str:
    """What came of it before, when it was asked for and nobody answered."""
    return gateway_named(order.donation.gateway).find_refund(
        payment_ref=order.donation.payment_ref, order_token=order.token
    )


def request_of(order: RefundOrder) -> RefundRequest:
    """What the provider has to know."""
    return RefundRequest(
        payment_ref=order.donation.payment_ref,
        money=order.money,
        order_token=order.token,
        idempotency_key=f"refund:{order.token}:{order.attempt}",
    )
