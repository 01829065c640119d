"""What may be asked about giving."""

import re
from dataclasses import dataclass
from typing import Literal

from django.core.cache import cache

from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.paypal import me_link
from donations.gateways.registry import gateway_named
from donations.giving.models import Donation, Pledge, Subscription
from donations.money import Money
from donations.outlet import queries as outlets

REFERENCE = re.compile(r"\w{1,255}", re.ASCII)
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
State = Literal["paid", "waiting", "unpaid", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to tell a reader who came back from the provider. Nothing in it names a person."""

    state: State
    money: Money | None = None
    interval: str = ""


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
    return Outcome(state=state_of(pledge), money=pledge.money, interval=pledge.interval)


def state_of(pledge: Pledge) -> State:
    """Paid by our books or else by the provider's; waiting when neither can tell."""
    if Donation.objects.filter(pledge=pledge).exists():
        return "paid"
    key = f"checkout:{pledge.token}"
    told: State | None = cache.get(key)
    if told is None:
        told = asked_state(pledge.checkout_ref)
        cache.set(key, told, ASK_AGAIN_SECONDS)
    return told


def asked_state(ref: str) -> State:
    """What the provider says; waiting when it says nothing."""
    try:
        told = gateway_named("stripe").checkout_status(ref)
    except (GatewayUnavailable, GatewayRefused):
        return "waiting"
    return told


def paypal_link(money: Money) -> str:
    """The outlet's paypal.me address for this amount; blank when PayPal cannot take it."""
    return me_link(handle=outlets.current().paypal_handle, money=money)


def subscription_of_token(token: str) -> Subscription | None:
    """The agreement behind the link in a supporter's letter; the token is its key."""
    if not TOKEN.fullmatch(token):
        return None
    return Subscription.objects.filter(token=token).first()
