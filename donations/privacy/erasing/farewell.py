"""The provider's part: it forgets its customer, asked for until that is done."""

import logging
from datetime import datetime

from django.db import transaction

from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.registry import UnknownGateway, gateway_named
from donations.privacy.models import Erasure

logger = logging.getLogger(__name__)

AT_ONCE = 20


def forget_at_providers(*, at: datetime) -> int:
    """Ask for what is due. No transaction is open meanwhile. Returns how many are done."""
    return sum(
        forget_customers(erasure, at=at)
        for erasure in Erasure.objects.due(at=at).order_by("next_attempt_at")[:AT_ONCE]
    )


def forget_customers(erasure: Erasure, *, at: datetime) -> bool:
    """Each customer; two workers that ask for the same do no harm. Whether all are done."""
    left = [each for each in erasure.customers if not is_forgotten(erasure, *each)]
    with transaction.atomic():
        locked = Erasure.objects.select_for_update().get(pk=erasure.pk)
        if locked.done_at is None:
            locked.mark_forgotten(left=left, at=at)
    return not left


def is_forgotten(erasure: Erasure, gateway: str, ref: str) -> bool:
    """Whether the provider has done it. A spent key repeats a fault, so each try has its own."""
    key = f"erase:{erasure.pk}:{erasure.attempts}:{erasure.customers.index([gateway, ref])}"
    try:
        gateway_named(gateway).forget_customer(ref=ref, idempotency_key=key)
    except (GatewayUnavailable, GatewayRefused, UnknownGateway):
        logger.warning("a customer of erasure %s could not be forgotten", erasure.pk)
        return False
    return True
