"""Stopping is as easy as giving."""

from datetime import datetime

from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.registry import gateway_named
from donations.giving.models import Subscription


class StopUnavailable(Exception):
    """The provider could not be asked; nothing has changed."""


def stop_subscription(*, subscription: Subscription, at: datetime) -> None:
    """Take no further payment. A second time changes nothing. Raises StopUnavailable.

    The provider is asked first and its answer kept at once; its own notification follows.
    """
    if subscription.is_stopping:
        return
    try:
        gateway_named(subscription.gateway).cancel_subscription(
            ref=subscription.gateway_ref,
            at_once=subscription.status != Subscription.Status.ACTIVE,
            idempotency_key=f"stop:{subscription.token}:{at:%Y%m%d%H%M}",
        )
    except (GatewayUnavailable, GatewayRefused) as error:
        raise StopUnavailable(str(error)) from error
    subscription.mark_stopping(at=at)
