"""Refunds and disputes: money that went back, or is contested."""

from django.db.models import Q

from donations.gateways.events import DisputeMoved, DisputeObserved, RefundObserved
from donations.giving.models import Dispute, Donation, Refund, RefundOrder
from donations.giving.operations.fulfilling import NotYetKnown


def paid_donation(*, gateway: str, payment_ref: str) -> Donation:
    """The donation that a payment made, locked. Raises NotYetKnown."""
    of_payment = Q(gateway_ref=payment_ref) | Q(payment_ref=payment_ref)
    found = Donation.objects.select_for_update().filter(of_payment, gateway=gateway)
    if payment_ref and (donation := found.first()):
        return donation
    raise NotYetKnown(f"payment {payment_ref}")


def record_refund(*, fact: RefundObserved) -> Refund:
    """Keep a refund. Pending may become succeeded, either may fail, and failed is the end."""
    donation = paid_donation(gateway=fact.gateway, payment_ref=fact.payment_ref)
    refund, _is_new = Refund.objects.get_or_create(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        defaults={
            "donation": donation,
            "amount_minor": fact.money.minor,
            "currency": fact.money.currency,
            "status": fact.status,
            "refunded_at": fact.refunded_at,
            "observed_at": fact.observed_at,
        },
    )
    refund.mark_observed(status=fact.status, at=fact.observed_at)
    settle_order(fact)
    return refund


def settle_order(fact: RefundObserved) -> None:
    """We had asked for it ourselves: now it is known what became of that, whatever was answered."""
    if not fact.order_token:
        return
    order = RefundOrder.objects.select_for_update().filter(token=fact.order_token).first()
    if order is not None and order.refund_ref != fact.ref:
        order.mark_made(ref=fact.ref)


def record_dispute(*, fact: DisputeObserved) -> Dispute:
    """Keep the newest reading of a dispute; its money comes as moves of its own."""
    donation = paid_donation(gateway=fact.gateway, payment_ref=fact.payment_ref)
    dispute, is_new = Dispute.objects.get_or_create(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        defaults={
            "donation": donation,
            "amount_minor": (fact.money or donation.money).minor,
            "currency": (fact.money or donation.money).currency,
            "status": fact.status,
            "reason": fact.reason,
            "due_by": fact.due_by,
            "opened_at": fact.opened_at,
            "observed_at": fact.observed_at,
        },
    )
    if not is_new:
        dispute.mark_observed(status=fact.status, due_by=fact.due_by, at=fact.observed_at)
    if fact.money is not None:
        dispute.mark_contested(money=fact.money)
    return dispute


def check_known(*, fact: DisputeMoved) -> None:
    """A move belongs to a donation of ours, if it says to which. Raises NotYetKnown."""
    if fact.payment_ref:
        paid_donation(gateway=fact.gateway, payment_ref=fact.payment_ref)
