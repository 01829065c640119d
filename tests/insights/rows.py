"""Rows to count, made without the telling of facts."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from donations.gateways.events import PaymentReceived
from donations.giving.models import Donation, Reading, Subscription
from donations.money import Money
from donations.supporters.models import Supporter

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
_numbers = count(1)


def supporter(name: str) -> Supporter:
    return Supporter.objects.create(email=f"{name}@example.org", language="ro", created_at=AT)


def donation(*, is_stored: bool = True, **changes: Any) -> Donation:
    fields: dict[str, Any] = {
        "gateway": "stripe", "gateway_ref": f"pi_{next(_numbers)}", "amount_minor": 1000,
        "currency": "EUR", "received_at": AT, "recorded_at": AT,
    }  # fmt: skip
    row = Donation(**(fields | changes))
    if is_stored:
        row.save()
    return row


def subscription(
    *, told: tuple[tuple[datetime, str, int], ...] = (), **changes: Any
) -> Subscription:
    """An agreement; `told` are its readings: when, in what state, how much."""
    fields: dict[str, Any] = {
        "gateway": "stripe", "gateway_ref": f"sub_{next(_numbers)}", "status": "active",
        "amount_minor": 1000, "currency": "EUR", "interval": "month", "created_at": AT,
        "observed_at": AT, "terms_at": AT, "period_end": AT + 31 * DAY,
    }  # fmt: skip
    row = Subscription.objects.create(**(fields | changes))
    for at, status, minor in told:
        Reading.objects.create(
            subscription=row, told_at=at, status=status, amount_minor=minor,
            currency=row.currency, interval=row.interval,
        )  # fmt: skip
    return row


def gift(**changes: Any) -> PaymentReceived:
    ref = f"pi_{next(_numbers)}"
    fields: dict[str, Any] = {
        "gateway": "stripe", "ref": ref, "payment_ref": ref, "money": Money(1000, "EUR"),
        "received_at": AT,
    }  # fmt: skip
    return PaymentReceived(**(fields | changes))
