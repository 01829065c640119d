"""What may be asked about giving."""

import re
from dataclasses import dataclass
from typing import Literal

from django.core.cache import cache

from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.paypal import me_link
from donations.gateways.registry import gateway_named
from donations.giving.candidates import (
    Candidate,
    attributions,
    candidates,
    candidates_of,
    of_same_payer,
    unattributed,
)
from donations.giving.models import Donation, Method, Pledge, Subscription
from donations.money import Money
from donations.outlet import queries as outlets

__all__ = [
    "Candidate",
    "Outcome",
    "attributions",
    "candidates",
    "candidates_of",
    "checkout_outcome",
    "of_same_payer",
    "paypal_link",
    "pledge_of_code",
    "stop_url",
    "subscription_of_token",
    "unattributed",
]

REFERENCE = re.compile(r"[\w-]{1,255}", re.ASCII)
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}", re.ASCII)
METHOD_GATEWAYS = {Method.CARD.value: "stripe", Method.PAYPAL.value: "paypal"}
State = Literal["paid", "waiting", "unpaid", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to tell a reader who came back from the provider. Nothing in it names a person."""

    state: State
    money: Money | None = None
    interval: str = ""
    method: str = ""


# A page that looks again every few seconds, in many windows, is one question.
ASK_AGAIN_SECONDS = 4
UNKNOWN = Outcome(state="unknown")


def checkout_outcome(ref: str) -> Outcome:
    """How a payment page ended, by the provider's id of it.

    The provider is asked only about pages that we opened, and nothing is recorded here: the
    browser's return proves nothing.
    """
    if not REFERENCE.fullmatch(ref):
        return UNKNOWN
    pledge = Pledge.objects.filter(checkout_ref=ref).first()
    if pledge is None:
        return UNKNOWN
    return Outcome(
        state=state_of(pledge),
        money=pledge.money,
        interval=pledge.interval,
        method=pledge.method,
    )


def state_of(pledge: Pledge) -> State:
    """Paid by our books or else by the provider's; waiting when neither can tell."""
    if Donation.objects.filter(pledge=pledge).exists():
        return "paid"
    key = f"checkout:{pledge.token}"
    told: State | None = cache.get(key)
    if told is None:
        told = asked_state(pledge)
        cache.set(key, told, ASK_AGAIN_SECONDS)
    return told


def asked_state(pledge: Pledge) -> State:
    """What the provider says; waiting when it says nothing."""
    try:
        told = gateway_named(METHOD_GATEWAYS[pledge.method]).checkout_status(pledge.checkout_ref)
    except (GatewayUnavailable, GatewayRefused):
        return "waiting"
    return told


def paypal_link(money: Money) -> str:
    """The outlet's paypal.me address for this amount; blank when PayPal cannot take it."""
    return me_link(outlets.current(), money=money)


def subscription_of_token(token: str) -> Subscription | None:
    """The agreement behind the link in a supporter's letter; the token is its key."""
    if not TOKEN.fullmatch(token):
        return None
    return Subscription.objects.filter(token=token).first()


def stop_url(subscription: Subscription) -> str:
    """Where its supporter stops it when only they can; blank when we can."""
    return gateway_named(subscription.gateway).stop_url()


def pledge_of_code(code: str) -> Pledge | None:
    """The PayPal pledge that a reference code names. Nothing that is shown of it names a person."""
    if not CODE.fullmatch(code):
        return None
    return Pledge.objects.filter(code=code, method=Method.PAYPAL).select_related("article").first()
