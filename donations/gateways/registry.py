"""The gateways of this installation, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings

from donations.gateways.base import Gateway
from donations.gateways.manual import ManualGateway
from donations.gateways.paypal import PayPalGateway
from donations.gateways.stripe import StripeGateway

GATEWAYS: Mapping[str, Gateway] = MappingProxyType(
    {"stripe": StripeGateway(), "paypal": PayPalGateway(), "manual": ManualGateway()}
)


class UnknownGateway(LookupError):
    """No gateway of that name."""


def gateway_named(name: str) -> Gateway:
    """The adapter. Raises UnknownGateway."""
    try:
        return GATEWAYS[name]
    except KeyError:
        raise UnknownGateway(name) from None


def in_use() -> list[str]:
    """Those that may speak to us: without its keys Stripe is nobody, and cash never does."""
    return ["stripe", "paypal"] if settings.STRIPE_SECRET_KEY else ["paypal"]
