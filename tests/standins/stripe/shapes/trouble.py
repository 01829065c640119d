"""Refunds and disputes."""

from ..ids import new_id
from ..obj import Obj

ONE_WEEK = 7 * 86400


def refund(
    charge: Obj, amount: int, *, status: str, reason: str | None, metadata: Obj, now: int
) -> Obj:
    obj: Obj = {"id": new_id("re_"), "object": "refund", "amount": amount}
    obj |= {"failure_balance_transaction": None}
    obj |= {"balance_transaction": None, "charge": charge["id"], "created": now}
    obj |= {"currency": charge["currency"], "metadata": dict(metadata)}
    obj |= {"payment_intent": charge["payment_intent"], "reason": reason, "receipt_number": None}
    return obj | {"status": status}


def dispute(charge: Obj, amount: int, *, status: str, now: int) -> Obj:
    """Its metadata is empty, as in reality: only the charge leads back to the payment."""
    inquiry = status.startswith("warning")
    due = {"due_by": now + ONE_WEEK, "has_evidence": False, "past_due": False}
    obj: Obj = {"id": new_id("du_"), "object": "dispute", "amount": amount}
    obj |= {"balance_transactions": [], "charge": charge["id"], "created": now}
    obj |= {"currency": charge["currency"], "evidence_details": due | {"submission_count": 0}}
    obj |= {"is_charge_refundable": inquiry, "livemode": False, "metadata": {}}
    obj |= {"payment_intent": charge["payment_intent"]}
    obj |= {"payment_method_details": {"card": {"brand": "visa"}, "type": "card"}}
    return obj | {"reason": "fraudulent", "status": status}
