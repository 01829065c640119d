"""Stripe Checkout: the hosted payment page."""

from typing import Any

from stripe.params.checkout import SessionCreateParams, SessionCreateParamsLineItemPriceData

from donations.gateways.base import CheckoutRequest, CheckoutStarted, CheckoutStatus
from donations.gateways.stripe import read
from donations.gateways.stripe.client import client, our_errors, plain
from donations.gateways.stripe.words import LOCALES, PLEDGE, moment, to_stripe

FAILED_PAYMENTS = ("requires_payment_method", "canceled")
FAILED_SUBSCRIPTIONS = ("past_due", "unpaid", "canceled", "incomplete_expired")


def session_params(request: CheckoutRequest) -> SessionCreateParams:
    """What the page has to show and take, and whose pledge it is.

    Metadata does not spread from the session, so it is repeated where the money will be
    (Stripe, "Metadata"). Currency conversion by Stripe is off: what is shown is what is charged.
    """
    params: SessionCreateParams = {
        "mode": "payment" if request.interval == "once" else "subscription",
        "ui_mode": "hosted_page",
        "submit_type": "donate" if request.interval == "once" else "subscribe",
        "success_url": request.return_url,
        "cancel_url": request.cancel_url,
        "client_reference_id": request.pledge_token,
        "metadata": {PLEDGE: request.pledge_token},
        "adaptive_pricing": {"enabled": False},
        "line_items": [{"quantity": 1, "price_data": price_data(request)}],
    }
    locale = LOCALES.get(request.language)
    if locale == "en" or locale == "ro" or locale == "ru":
        params["locale"] = locale
    if request.email:
        params["customer_email"] = request.email
    if request.interval == "once":
        params["payment_intent_data"] = {
            "metadata": {PLEDGE: request.pledge_token},
            "description": request.title,
        }
    else:
        params["subscription_data"] = {
            "metadata": {PLEDGE: request.pledge_token},
            "description": request.title,
        }
    return params


def price_data(request: CheckoutRequest) -> SessionCreateParamsLineItemPriceData:
    """A price made for this pledge alone, in whole minor units."""
    data: SessionCreateParamsLineItemPriceData = {
        "currency": request.money.currency.lower(),
        "unit_amount": to_stripe(request.money),
        "product_data": {"name": request.title},
    }
    if request.interval == "month":
        data["recurring"] = {"interval": "month"}
    elif request.interval == "year":
        data["recurring"] = {"interval": "year"}
    return data


def start(request: CheckoutRequest) -> CheckoutStarted:
    """Open the page, or find the one that this idempotency key opened before."""
    with our_errors():
        session = client().v1.checkout.sessions.create(
            session_params(request), {"idempotency_key": request.idempotency_key}
        )
    made = plain(session)
    return CheckoutStarted(ref=made["id"], url=made["url"], expires_at=moment(made["expires_at"]))


def status(ref: str) -> CheckoutStatus:
    """`paid`, `waiting` (a delayed method) or `unpaid`, as Stripe has it now."""
    session = read.session(ref)
    if session["payment_status"] in ("paid", "no_payment_required"):
        return "paid"
    if session["status"] != "complete" or has_failed(session):
        return "unpaid"
    return "waiting"


def has_failed(session: dict[str, Any]) -> bool:
    """Whether a delayed payment was tried and did not come."""
    if ref := session.get("subscription"):
        return read.subscription(ref)["status"] in FAILED_SUBSCRIPTIONS
    return (session.get("payment_intent") or {}).get("status") in FAILED_PAYMENTS
