"""PaymentIntents, charges and balance transactions."""

from ..cards import REASONS, Card
from ..ids import new_id
from ..money import Settled
from ..obj import Obj

ONE_WEEK = 7 * 86400


def intent(amount: int, currency: str, *, customer: str | None, metadata: Obj, now: int) -> Obj:
    ident = new_id("pi_")
    obj: Obj = {"id": ident, "object": "payment_intent", "amount": amount, "amount_capturable": 0}
    obj |= {"amount_received": 0, "canceled_at": None, "cancellation_reason": None}
    obj |= {"capture_method": "automatic_async", "client_secret": f"{ident}_secret_standin"}
    obj |= {"confirmation_method": "automatic", "created": now, "currency": currency}
    obj |= {"customer": customer, "description": None, "last_payment_error": None}
    obj |= {
        "latest_charge": None,
        "livemode": False,
        "metadata": dict(metadata),
        "next_action": None,
    }
    obj |= {"payment_method": None, "payment_method_types": ["card", "sepa_debit"]}
    obj |= {"receipt_email": None, "setup_future_usage": None, "statement_descriptor_suffix": None}
    return obj | {"status": "requires_payment_method"}


def charge(paid: Obj, *, email: str | None, card: Card | None, now: int) -> Obj:
    """A charge for a PaymentIntent, not yet decided; no card means bank debit."""
    obj: Obj = {"id": new_id("ch_"), "object": "charge", "amount": paid["amount"]}
    obj |= {"amount_captured": 0, "amount_refunded": 0, "application_fee_amount": None}
    obj |= {"balance_transaction": None, "billing_details": _billing(email), "captured": False}
    obj |= {"created": now, "currency": paid["currency"], "customer": paid["customer"]}
    obj |= {
        "description": paid["description"],
        "disputed": False,
        "failure_balance_transaction": None,
    }
    obj |= {"failure_code": None, "failure_message": None, "fraud_details": {}, "livemode": False}
    obj |= {"metadata": dict(paid["metadata"]), "outcome": None, "paid": False}
    obj |= {"payment_intent": paid["id"], "payment_method": new_id("pm_")}
    obj |= {"payment_method_details": _method(card), "receipt_email": paid["receipt_email"]}
    return obj | {
        "receipt_url": None,
        "refunded": False,
        "status": "pending",
        "transfer_group": None,
    }


def _billing(email: str | None) -> Obj:
    return {"address": None, "email": email, "name": None, "phone": None, "tax_id": None}


def _method(card: Card | None) -> Obj:
    if card is None:
        return {"type": "sepa_debit", "sepa_debit": {"country": "RO", "last4": "3000"}}
    details = {"brand": card.brand, "country": "RO", "exp_month": 12, "exp_year": 2034}
    return {"type": "card", "card": details | {"funding": "credit", "last4": card.last4}}


def stored_method(ident: str, card: Card | None, *, customer: str, now: int) -> Obj:
    """What a customer pays with again and again."""
    obj: Obj = {"id": ident, "object": "payment_method", "allow_redisplay": "unspecified"}
    obj |= {"billing_details": _billing(None), "created": now, "customer": customer}
    return obj | {"livemode": False, "metadata": {}, **_method(card)}


def payment_error(code: str, decline_code: str | None) -> Obj:
    message = REASONS.get(decline_code or code, "The payment failed.")
    return {"code": code, "decline_code": decline_code, "message": message, "type": "card_error"}


def balance_transaction(source: str, settled: Settled, *, kind: str, fee: int, now: int) -> Obj:
    """An entry of the account's balance, in the currency it settles in.

    `kind` is the reporting category: charge, refund, dispute, dispute_reversal, refund_failure,
    payout, payout_reversal.
    """
    kinds = {"dispute": "adjustment", "dispute_reversal": "adjustment"}
    kinds |= {"payout_reversal": "payout_failure"}
    rate = None if settled.rate is None else float(settled.rate)
    obj: Obj = {"id": new_id("txn_"), "object": "balance_transaction", "amount": settled.amount}
    obj |= {"available_on": now + ONE_WEEK, "created": now, "currency": settled.currency}
    obj |= {"description": None, "exchange_rate": rate, "fee": fee}
    obj |= {"fee_details": _fee_details(fee, settled.currency, kind), "net": settled.amount - fee}
    obj |= {"reporting_category": kind, "source": source, "status": "pending"}
    return obj | {"type": kinds.get(kind, kind)}


def _fee_details(fee: int, currency: str, kind: str) -> list[Obj]:
    if fee == 0:
        return []
    description = "Dispute fee" if kind == "dispute" else "Stripe processing fees"
    detail: Obj = {"amount": fee, "application": None, "currency": currency}
    return [detail | {"description": description, "type": "stripe_fee"}]
