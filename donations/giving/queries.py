"""What may be asked about giving."""

from dataclasses import dataclass
from typing import Literal

from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.paypal import me_link
from donations.gateways.registry import gateway_named
from donations.giving.models import Donation, Pledge, Subscription
from donations.money import Money
from donations.outlet import queries as outlets

State = Literal["paid", "waiting", "unpaid", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to tell a reader who came back from the provider. Nothing in it names a person."""

    state: State
    money: Money | None = None
    interval: str = ""


UNKNOWN = Outcome(state="unknown")


def checkout_outcome(ref: str) -> Outcome:
    """How a payment page ended, by the provider's id of it.

    The provider is asked only about pages that we opened, and nothing is recorded here: the
    browser's return proves nothing.
    """
    if not ref or len(ref) > 255:
        return UNKNOWN
    pledge = Pledge.objects.filter(checkout_ref=ref).first()
    if pledge is None:
        return UNKNOWN
    return Outcome(state=state_of(pledge), money=pledge.money, interval=pledge.interval)


def state_of(pledge: Pledge) -> State:
    """Paid by our books or else by the provider's; waiting when neither can tell."""
    if Donation.objects.filter(pledge=pledge).exists():
        return "paid"
    try:
        told = gateway_named("stripe").checkout_status(pledge.checkout_ref)
    except (GatewayUnavailable, GatewayRefused):
        return "waiting"
    if told == "paid":
        return "paid"
    return "unpaid" if told == "unpaid" else "waiting"


def paypal_link(money: Money) -> str:
    """The outlet's paypal.me address for this amount; blank when PayPal cannot take it."""
    return me_link(handle=outlets.current().paypal_handle, money=money)


def subscription_of_token(token: str) -> Subscription | None:
    """The agreement behind the link in a supporter's letter; the token is its key."""
    if not token or len(token) > 40:
        return None
    return Subscription.objects.filter(token=token).first()
