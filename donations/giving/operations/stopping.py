"""Stopping is as easy as giving."""

from datetime import datetime

from django.db import transaction

from donations.gateways.base import NotOverAnApi
from donations.giving.models import Subscription
from donations.giving.operations import letters
from donations.giving.operations.changing import (
    AlreadyEnded,
    ChangeRefused,
    ChangeUnavailable,
    cancel,
)


class StopUnavailable(Exception):
    """The provider could not be asked; nothing has changed."""


def stop_subscription(*, subscription: Subscription, at: datetime, reason: str = "") -> None:
    """Its supporter wants no further payment, and is told so. A second time changes nothing.

    What had ended there a moment ago is ended here too. `reason` is theirs, if they gave one.
    Raises StopUnavailable.
    """
    if subscription.is_stopping:
        return
    at_once = subscription.status != Subscription.Status.ACTIVE
    try:
        cancel(subscription=subscription, at_once=at_once, token=f"{at:%Y%m%d%H%M}", at=at)
    except AlreadyEnded:
        return
    except (ChangeUnavailable, ChangeRefused, NotOverAnApi) as error:
        raise StopUnavailable(str(error)) from error
    with transaction.atomic():
        subscription.mark_stopped(reason=reason, at=at)
        # What is over at once has its letter already, as whatever ends.
        if subscription.status != Subscription.Status.CANCELED:
            letters.confirm_stop(subscription=subscription, at=at)
