"""Products, prices, subscriptions and their items."""

from ..ids import new_id
from ..obj import Obj


def listing(data: list[Obj], url: str, *, has_more: bool = False) -> Obj:
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def product(data: Obj, now: int) -> Obj:
    obj: Obj = {"id": new_id("prod_"), "object": "product", "active": True, "created": now}
    obj |= {"description": data.get("description"), "images": [], "livemode": False}
    return obj | {"metadata": data.get("metadata") or {}, "name": data["name"], "type": "service"}


def price(data: Obj, product_id: str, now: int) -> Obj:
    recurring = data.get("recurring")
    if recurring is not None:
        recurring = {"interval_count": 1, "meter": None, "trial_period_days": None} | recurring
        recurring |= {"usage_type": "licensed"}
    obj: Obj = {"id": new_id("price_"), "object": "price", "active": True, "created": now}
    obj |= {"billing_scheme": "per_unit", "currency": data["currency"], "livemode": False}
    obj |= {"lookup_key": None, "metadata": {}, "product": product_id, "recurring": recurring}
    obj |= {"type": "one_time" if recurring is None else "recurring"}
    return obj | {
        "unit_amount": data["unit_amount"],
        "unit_amount_decimal": str(data["unit_amount"]),
    }


def item(
    priced: Obj, quantity: int, *, subscription: str, period: tuple[int, int], now: int
) -> Obj:
    obj: Obj = {"id": new_id("si_"), "object": "subscription_item", "created": now}
    obj |= {"current_period_end": period[1], "current_period_start": period[0]}
    obj |= {"discounts": [], "metadata": {}, "price": priced, "quantity": quantity}
    return obj | {"subscription": subscription, "tax_rates": []}


def subscription(customer: str, currency: str, *, data: Obj, now: int) -> Obj:
    """An active subscription without items yet."""
    ident = new_id("sub_")
    obj: Obj = {"id": ident, "object": "subscription", "automatic_tax": {"enabled": False}}
    obj |= {"billing_cycle_anchor": now, "billing_mode": {"type": "flexible"}, "cancel_at": None}
    obj |= {"cancel_at_period_end": False, "canceled_at": None}
    obj |= {"cancellation_details": {"comment": None, "feedback": None, "reason": None}}
    obj |= {"collection_method": "charge_automatically", "created": now, "currency": currency}
    obj |= {"customer": customer, "default_payment_method": new_id("pm_")}
    obj |= {"description": data.get("description"), "discounts": [], "ended_at": None}
    obj |= {"items": listing([], f"/v1/subscription_items?subscription={ident}")}
    obj |= {"latest_invoice": None, "livemode": False, "metadata": data.get("metadata") or {}}
    obj |= {"next_pending_invoice_item_invoice": None, "pause_collection": None}
    obj |= {"pending_setup_intent": None, "pending_update": None, "schedule": None}
    obj |= {"start_date": now, "status": "active", "trial_end": None, "trial_start": None}
    return obj
