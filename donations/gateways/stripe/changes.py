"""Changing an agreement at Stripe: each answers how it stands then."""

from datetime import datetime
from typing import Any

from stripe.params import SubscriptionUpdateParams

from donations.gateways.base import GatewayRefused
from donations.gateways.events import SubscriptionObserved
from donations.gateways.stripe import read, understand
from donations.gateways.stripe.client import checked, client, our_errors, plain
from donations.gateways.stripe.words import from_stripe, to_stripe
from donations.money import Money


def state(ref: str, *, at: datetime) -> SubscriptionObserved:
    """How it stands."""
    return understand.subscription_fact(read.subscription(ref), at)


def terms(
    ref: str, *, money: Money, interval: str, at: datetime, idempotency_key: str
) -> SubscriptionObserved:
    """Another price from the next payment on; an agreement that has it already is left as it is.

    Stripe begins a new period at once when the rhythm changes, and charges for it. A trial until
    the period that is paid for ends keeps it from that (Stripe, "Change the billing period").
    """
    known = read.subscription(ref)
    item = known["items"]["data"][0]
    if money.currency.lower() != known["currency"]:
        raise GatewayRefused("the currency of a subscription cannot be changed")
    is_same_rhythm = understand.rhythm(item["price"]["recurring"]) == interval
    if is_same_rhythm and money == price_of(item, known["currency"]):
        return understand.subscription_fact(known, at)
    params: SubscriptionUpdateParams = {
        "items": [
            {
                "id": item["id"],
                "quantity": 1,
                "price_data": {
                    "currency": known["currency"],
                    "product": item["price"]["product"],
                    "recurring": {"interval": "year" if interval == "year" else "month"},
                    "unit_amount": to_stripe(money),
                },
            }
        ],
        "proration_behavior": "none",
    }
    if not is_same_rhythm:
        params["trial_end"] = item["current_period_end"]
    return update(ref, params, at=at, idempotency_key=idempotency_key)


def price_of(item: dict[str, Any], currency: str) -> Money:
    """What is taken each time."""
    amount = (item["price"]["unit_amount"] or 0) * (item.get("quantity") or 1)
    return from_stripe(amount, currency)


def pause(ref: str, *, until: datetime, at: datetime, idempotency_key: str) -> SubscriptionObserved:
    """What would be taken before then is dropped, not owed."""
    pausing: SubscriptionUpdateParams = {
        "pause_collection": {"behavior": "void", "resumes_at": int(until.timestamp())}
    }
    return update(ref, pausing, at=at, idempotency_key=idempotency_key)


def resume(ref: str, *, at: datetime, idempotency_key: str) -> SubscriptionObserved:
    """Nothing is dropped any more."""
    return update(ref, {"pause_collection": ""}, at=at, idempotency_key=idempotency_key)


def keep(ref: str, *, at: datetime, idempotency_key: str) -> SubscriptionObserved:
    """It goes on; an end by its date is taken back as well as one by its period."""
    known = read.subscription(ref)
    if not known["cancel_at_period_end"] and not known.get("cancel_at"):
        return understand.subscription_fact(known, at)
    by_period: SubscriptionUpdateParams = {"cancel_at_period_end": False}
    by_date: SubscriptionUpdateParams = {"cancel_at": ""}
    params = by_period if known["cancel_at_period_end"] else by_date
    return update(ref, params, at=at, idempotency_key=idempotency_key)


def update(
    ref: str, params: SubscriptionUpdateParams, *, at: datetime, idempotency_key: str
) -> SubscriptionObserved:
    """The call, and how it stands after it."""
    with our_errors():
        changed = client().v1.subscriptions.update(
            checked(ref), params, {"idempotency_key": idempotency_key}
        )
    return understand.subscription_fact(plain(changed), at)
