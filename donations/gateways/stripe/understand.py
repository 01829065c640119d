"""From Stripe's objects, as read, to facts. Nothing here asks the network."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from donations.gateways.events import (
    CheckoutEnded,
    DisputeMoved,
    DisputeObserved,
    Fact,
    InstalmentFailed,
    PaymentReceived,
    PledgeLinked,
    RefundObserved,
    Settled,
    SubscriptionObserved,
)
from donations.gateways.stripe.words import (
    END_REASON,
    NAME,
    ORDER,
    PLEDGE,
    REFUND_STATUS,
    SUBSCRIPTION_STATUS,
    dispute_status,
    from_stripe,
    metadata,
    moment,
    moment_or_none,
)

Obj = Mapping[str, Any]


def id_of(value: Any) -> str:
    """The id, whether the field holds it or the expanded object; blank for none."""
    return str(value["id"] if isinstance(value, Mapping) else value or "")


def pledge_token(obj: Obj) -> str:
    """Whose pledge the object belongs to; blank when it was not made by us."""
    return metadata(obj, PLEDGE)


def session_facts(session: Obj) -> list[Fact]:
    """A completed checkout page: whose it was, and the money of a one-off payment."""
    token = pledge_token(session)
    facts: list[Fact] = []
    if token:
        facts.append(
            PledgeLinked(
                gateway=NAME,
                pledge_token=token,
                checkout_ref=session["id"],
                subscription_ref=id_of(session.get("subscription")),
            )
        )
    if (
        session["mode"] == "payment"
        and session["payment_status"] == "paid"
        and session["payment_intent"]
    ):
        facts += one_off_facts(session, token)
    return facts


def one_off_facts(session: Obj, token: str) -> list[Fact]:
    """The money of a paid session, and its fee once the charge has settled."""
    payment = session["payment_intent"]
    charge = payment.get("latest_charge") or {}
    payer = session.get("customer_details") or {}
    received = PaymentReceived(
        gateway=NAME,
        ref=payment["id"],
        payment_ref=payment["id"],
        money=from_stripe(session["amount_total"], session["currency"]),
        received_at=moment(charge.get("created") or session["created"]),
        pledge_token=token,
        payer_email=payer.get("email") or "",
        payer_name=payer.get("name") or "",
    )
    return [received, *charge_facts(charge)]


def ended_facts(session: Obj) -> list[Fact]:
    """A page that closed without money. Paid ones stay paid, whatever came late."""
    token = pledge_token(session)
    if not token or session["payment_status"] == "paid":
        return []
    return [CheckoutEnded(gateway=NAME, pledge_token=token, checkout_ref=session["id"])]


def charge_facts(charge: Obj) -> list[Fact]:
    """The settlement of a charge; nothing while Stripe has not made it yet."""
    move = charge.get("balance_transaction")
    if not isinstance(move, Mapping) or charge.get("status") != "succeeded":
        return []
    charged = from_stripe(charge["amount"], charge["currency"])
    return [settled("payment", id_of(charge.get("payment_intent")) or charge["id"], charged, move)]


def settled(of: Any, payment_ref: str, charged: Any, move: Obj) -> Settled:
    """A balance transaction as a fact."""
    return Settled(
        gateway=NAME,
        ref=move["id"],
        of=of,
        payment_ref=payment_ref,
        charged=charged,
        settled=from_stripe(move["amount"], move["currency"]),
        fee=from_stripe(move["fee"], move["currency"]),
        settled_at=moment(move["created"]),
    )


def invoice_facts(invoice: Obj) -> list[Fact]:
    """A paid instalment: through Stripe, or marked as paid outside of it."""
    if invoice["status"] != "paid":
        return []
    outside = invoice.get("amount_paid_off_stripe") or 0
    facts: list[Fact] = []
    if outside:
        facts.append(instalment(invoice, outside, ref=f"{invoice['id']}:outside", outside=True))
    if invoice["amount_paid"] - outside > 0:
        payment = paid_intent(invoice)
        facts.append(
            instalment(
                invoice,
                invoice["amount_paid"] - outside,
                ref=invoice["id"],
                payment_ref=id_of(payment),
            )
        )
        facts += charge_facts(payment.get("latest_charge") or {})
    return facts


def instalment(
    invoice: Obj, amount: int, *, ref: str, payment_ref: str = "", outside: bool = False
) -> PaymentReceived:
    """The money of an invoice, keyed by the invoice."""
    paid_at = (invoice.get("status_transitions") or {}).get("paid_at") or invoice["created"]
    return PaymentReceived(
        gateway=NAME,
        ref=ref,
        payment_ref=payment_ref,
        money=from_stripe(amount, invoice["currency"]),
        received_at=moment(paid_at),
        pledge_token=pledge_token(invoice["parent"]["subscription_details"]),
        subscription_ref=subscription_of(invoice),
        is_first_instalment=invoice["billing_reason"] == "subscription_create",
        payer_email=invoice.get("customer_email") or "",
        outside_provider=outside,
    )


def paid_intent(invoice: Obj) -> Obj:
    """The payment that paid the invoice, expanded; empty when it was paid in another way."""
    for one in (invoice.get("payments") or {}).get("data", []):
        intent = one["payment"].get("payment_intent")
        if one["status"] == "paid" and isinstance(intent, Mapping):
            return intent
    return {}


def subscription_of(invoice: Obj) -> str:
    """The subscription that an invoice belongs to; blank for any other invoice."""
    details = (invoice.get("parent") or {}).get("subscription_details") or {}
    return id_of(details.get("subscription"))


def failure_facts(invoice: Obj, at: datetime) -> list[Fact]:
    """An instalment that was not paid. The first one fails before the reader's eyes: no mail."""
    if invoice["status"] != "open" or invoice["billing_reason"] == "subscription_create":
        return []
    return [
        InstalmentFailed(
            gateway=NAME,
            ref=invoice["id"],
            subscription_ref=subscription_of(invoice),
            money=from_stripe(invoice["amount_remaining"], invoice["currency"]),
            attempt=max(invoice.get("attempt_count") or 0, 1),
            next_attempt_at=moment_or_none(invoice.get("next_payment_attempt")),
            pay_url=invoice.get("hosted_invoice_url") or "",
            failed_at=at,
        )
    ]


def subscription_fact(subscription: Obj, at: datetime) -> SubscriptionObserved:
    """The state of a subscription. Its period stands on its item since API version basil."""
    item = subscription["items"]["data"][0]
    amount = (item["price"]["unit_amount"] or 0) * (item.get("quantity") or 1)
    ends_with_period = subscription["cancel_at_period_end"]
    pause = subscription.get("pause_collection") or {}
    return SubscriptionObserved(
        gateway=NAME,
        ref=subscription["id"],
        status="paused" if is_paused(subscription) else status_of(subscription),
        money=from_stripe(amount, subscription["currency"]),
        interval=rhythm(item["price"]["recurring"]),
        customer_ref=id_of(subscription["customer"]),
        pledge_token=pledge_token(subscription),
        period_start=moment_or_none(item.get("current_period_start")),
        period_end=moment_or_none(item.get("current_period_end")),
        cancel_at=moment_or_none(
            subscription.get("cancel_at")
            or (item.get("current_period_end") if ends_with_period else None)
        ),
        resumes_at=moment_or_none(pause.get("resumes_at")),
        ended_at=moment_or_none(subscription.get("ended_at")),
        end_reason=end_reason(subscription),
        created_at=moment(subscription["created"]),
        observed_at=at,
    )


def rhythm(recurring: Obj) -> Any:
    """Ours, or `other`: an odd rhythm is no reason to lose an instalment."""
    is_ours = recurring["interval"] in ("month", "year") and recurring["interval_count"] == 1
    return recurring["interval"] if is_ours else "other"


def status_of(subscription: Obj) -> Any:
    """Ours for Stripe's word; an unknown one is past due, so that somebody looks."""
    return SUBSCRIPTION_STATUS.get(subscription["status"], "past_due")


def is_paused(subscription: Obj) -> bool:
    """Collecting is paused while the status stays active (Stripe, "Pause payment collection")."""
    is_going_on = subscription["status"] in ("active", "trialing")
    return bool(subscription.get("pause_collection")) and is_going_on


def end_reason(subscription: Obj) -> str:
    """Why it ended; `never_started` when no first payment ever came."""
    if subscription["status"] == "incomplete_expired":
        return "never_started"
    if subscription["status"] == "unpaid":
        return "payment_failed"
    reason = (subscription.get("cancellation_details") or {}).get("reason")
    return END_REASON.get(reason or "", "canceled") if subscription["status"] == "canceled" else ""


def refund_facts(refund: Obj, at: datetime) -> list[Fact]:
    """A refund and what it did to the balance, there and, when it failed, back."""
    payment_ref = id_of(refund.get("payment_intent")) or id_of(refund.get("charge"))
    money = from_stripe(refund["amount"], refund["currency"])
    facts: list[Fact] = [
        RefundObserved(
            gateway=NAME,
            ref=refund["id"],
            payment_ref=payment_ref,
            money=money,
            status=REFUND_STATUS.get(refund["status"], "pending"),
            refunded_at=moment(refund["created"]),
            observed_at=at,
            order_token=metadata(refund, ORDER),
        )
    ]
    for field, charged in (
        ("balance_transaction", money.negated()),
        ("failure_balance_transaction", money),
    ):
        if isinstance(refund.get(field), Mapping):
            facts.append(settled("refund", payment_ref, charged, refund[field]))
    return facts


def dispute_facts(dispute: Obj, at: datetime) -> list[Fact]:
    """A dispute's state, and each move of money that it made."""
    payment_ref = id_of(dispute.get("payment_intent")) or id_of(dispute.get("charge"))
    observed = DisputeObserved(
        gateway=NAME,
        ref=dispute["id"],
        payment_ref=payment_ref,
        money=from_stripe(dispute["amount"], dispute["currency"]),
        status=dispute_status(dispute["status"]),
        reason=dispute.get("reason") or "",
        due_by=moment_or_none((dispute.get("evidence_details") or {}).get("due_by")),
        opened_at=moment(dispute["created"]),
        observed_at=at,
    )
    return [observed, *(moved(move, payment_ref) for move in dispute["balance_transactions"])]


def moved(move: Obj, payment_ref: str) -> DisputeMoved:
    """One withdrawal (negative) or reinstatement (positive) of a dispute."""
    return DisputeMoved(
        gateway=NAME,
        ref=move["id"],
        payment_ref=payment_ref,
        money=from_stripe(move["amount"], move["currency"]),
        fee=from_stripe(move["fee"], move["currency"]),
        moved_at=moment(move["created"]),
    )
