"""Invoices, their lines and the payments made against them."""

from ..ids import new_id
from ..obj import Obj
from .billing import listing


def invoice(sub: Obj, *, reason: str, email: str, number: str, base_url: str, now: int) -> Obj:
    """An open invoice of a subscription, without lines yet."""
    ident = new_id("in_")
    snapshot = {"metadata": dict(sub["metadata"]), "subscription": sub["id"]}
    obj: Obj = {"id": ident, "object": "invoice", "amount_due": 0, "amount_overpaid": 0}
    obj |= {"amount_paid": 0, "amount_paid_off_stripe": 0, "amount_remaining": 0}
    obj |= {"attempt_count": 0, "attempted": False, "auto_advance": True, "billing_reason": reason}
    obj |= {
        "collection_method": "charge_automatically",
        "created": now,
        "currency": sub["currency"],
    }
    obj |= {"customer": sub["customer"], "customer_email": email, "customer_name": None}
    obj |= {"description": None, "due_date": None, "effective_at": now, "ending_balance": 0}
    obj |= {"hosted_invoice_url": f"{base_url}/invoice/{ident}", "invoice_pdf": None}
    obj |= {"lines": listing([], f"/v1/invoices/{ident}/lines"), "livemode": False, "metadata": {}}
    obj |= {"next_payment_attempt": None, "number": number}
    obj |= {
        "parent": {
            "quote_details": None,
            "subscription_details": snapshot,
            "type": "subscription_details",
        }
    }
    obj |= {"period_end": now, "period_start": now, "receipt_number": None, "starting_balance": 0}
    times = {
        "finalized_at": now,
        "marked_uncollectible_at": None,
        "paid_at": None,
        "voided_at": None,
    }
    return obj | {"status": "open", "status_transitions": times, "subtotal": 0, "total": 0}


def add_line(bill: Obj, item: Obj, amount: int, *, proration: bool = False) -> None:
    """A line for an item's current period; the invoice's totals follow."""
    details = {"invoice_item": None, "proration": proration, "proration_details": None}
    details |= {"subscription": item["subscription"], "subscription_item": item["id"]}
    price = item["price"]
    line: Obj = {"id": new_id("il_"), "object": "line_item", "amount": amount}
    line |= {
        "currency": bill["currency"],
        "description": None,
        "discounts": [],
        "invoice": bill["id"],
    }
    line |= {"livemode": False, "metadata": {}}
    line |= {"parent": {"invoice_item_details": None, "subscription_item_details": details}}
    line["parent"]["type"] = "subscription_item_details"
    line |= {"period": {"end": item["current_period_end"], "start": item["current_period_start"]}}
    sold = {"price": price["id"], "product": price["product"]}
    line |= {
        "pricing": {"price_details": sold, "type": "price_details"},
        "quantity": item["quantity"],
    }
    line["pricing"]["unit_amount_decimal"] = price["unit_amount_decimal"]
    bill["lines"]["data"].append(line)
    for field in ("amount_due", "amount_remaining", "subtotal", "total"):
        bill[field] += amount


def invoice_payment(bill: Obj, intent: str, now: int) -> Obj:
    obj: Obj = {"id": new_id("inpay_"), "object": "invoice_payment", "amount_paid": None}
    obj |= {"amount_requested": bill["amount_due"], "created": now, "currency": bill["currency"]}
    obj |= {"invoice": bill["id"], "is_default": True, "livemode": False}
    obj |= {"payment": {"payment_intent": intent, "type": "payment_intent"}, "status": "open"}
    return obj | {"status_transitions": {"canceled_at": None, "paid_at": None}}
