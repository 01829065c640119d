"""What Stripe tells about a card: when it expires, and its last figures."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from donations.gateways.base import Card


def card_of(subscription: Mapping[str, Any]) -> Card | None:
    """What the next payment is taken from; None when that is no card, or a customer is gone."""
    own = subscription.get("default_payment_method")
    customer = subscription.get("customer")
    if not own and isinstance(customer, Mapping):
        own = (customer.get("invoice_settings") or {}).get("default_payment_method")
    card = own.get("card") if isinstance(own, Mapping) else None
    if not card:
        return None
    year, month = card["exp_year"], card["exp_month"]
    return Card(last4=card["last4"], good_until=date(year, month, monthrange(year, month)[1]))
