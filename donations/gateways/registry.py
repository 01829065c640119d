"""The gateways of this installation, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from donations.gateways.base import Gateway
from donations.gateways.stripe import StripeGateway

GATEWAYS: Mapping[str, Gateway] = MappingProxyType({"stripe": StripeGateway()})


class UnknownGateway(LookupError):
    """No gateway of that name."""


def gateway_named(name: str) -> Gateway:
    """The adapter. Raises UnknownGateway."""
    try:
        return GATEWAYS[name]
    except KeyError:
        raise UnknownGateway(name) from None
