"""From a stored notification to facts: which object to read again, through one table.

States are never taken from the notification: it may be old, late or doubled.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from donations.gateways.events import Fact
from donations.gateways.stripe import payouts, read, understand

Handler = Callable[[Mapping[str, Any], datetime], list[Fact]]


def checkout_done(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """A checkout page was completed, or its delayed payment arrived."""
    session = read.session(told["id"])
    facts = understand.session_facts(session)
    if ref := understand.id_of(session.get("subscription")):
        return [understand.subscription_fact(read.subscription(ref), at), *facts]
    return facts


def checkout_ended(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """A checkout page expired, or its delayed payment failed."""
    return understand.ended_facts(read.session(told["id"]))


def invoice_paid(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """An instalment was paid. Invoices of anything but a subscription are not ours."""
    invoice = read.invoice(told["id"])
    ref = understand.subscription_of(invoice)
    if not ref:
        return []
    known = understand.subscription_fact(read.subscription(ref), at)
    return [known, *understand.invoice_facts(invoice)]


def invoice_failed(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """An instalment was not paid, or needs the supporter's bank."""
    invoice = read.invoice(told["id"])
    ref = understand.subscription_of(invoice)
    if not ref:
        return []
    known = understand.subscription_fact(read.subscription(ref), at)
    return [known, *understand.failure_facts(invoice, at)]


def subscription_changed(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """Anything about a subscription: read it again."""
    return [understand.subscription_fact(read.subscription(told["id"]), at)]


def charge_updated(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """A charge settled: its fee is known now."""
    return understand.charge_facts(read.charge(told["id"]))


def charge_refunded(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """Money of a charge went back: read each of its refunds."""
    refunds = read.refunds_of(told["id"])
    return [fact for one in refunds for fact in understand.refund_facts(one, at)]


def refund_changed(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """Anything about a refund: read it again."""
    return understand.refund_facts(read.refund(told["id"]), at)


def dispute_changed(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """Anything about a dispute: read it again."""
    return understand.dispute_facts(read.dispute(told["id"]), at)


def payout_changed(told: Mapping[str, Any], at: datetime) -> list[Fact]:
    """Anything about a payout: read it again, and what is in it once Stripe has settled that."""
    payout = read.payout(told["id"])
    moves = read.moves_in(payout["id"]) if payouts.tells_its_parts(payout) else None
    return payouts.payout_facts(payout, moves, at)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "checkout.session.completed": checkout_done,
        "checkout.session.async_payment_succeeded": checkout_done,
        "checkout.session.async_payment_failed": checkout_ended,
        "checkout.session.expired": checkout_ended,
        "invoice.paid": invoice_paid,
        "invoice.payment_failed": invoice_failed,
        "invoice.payment_action_required": invoice_failed,
        "customer.subscription.created": subscription_changed,
        "customer.subscription.updated": subscription_changed,
        "customer.subscription.deleted": subscription_changed,
        "customer.subscription.paused": subscription_changed,
        "customer.subscription.resumed": subscription_changed,
        "charge.updated": charge_updated,
        "charge.refunded": charge_refunded,
        "refund.created": refund_changed,
        "refund.updated": refund_changed,
        "refund.failed": refund_changed,
        "charge.dispute.created": dispute_changed,
        "charge.dispute.updated": dispute_changed,
        "charge.dispute.closed": dispute_changed,
        "charge.dispute.funds_withdrawn": dispute_changed,
        "charge.dispute.funds_reinstated": dispute_changed,
        "payout.created": payout_changed,
        "payout.updated": payout_changed,
        "payout.paid": payout_changed,
        "payout.failed": payout_changed,
        "payout.canceled": payout_changed,
        "payout.reconciliation_completed": payout_changed,
    }
)


def parse(*, kind: str, body: bytes, at: datetime) -> list[Fact]:
    """The facts behind a notification; none for a kind that we do not know."""
    handler = HANDLERS.get(kind)
    return handler(json.loads(body)["data"]["object"], at) if handler else []
