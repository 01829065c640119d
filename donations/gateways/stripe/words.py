"""Stripe's words and ours. Source: docs.stripe.com, "Currencies" and the API reference."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from donations.gateways.events import (
    DisputeStatus,
    MoveKind,
    PayoutStatus,
    RefundStatus,
    SubscriptionStatus,
)
from donations.money import Money, exponent

NAME = "stripe"
# Under these names our own tokens travel in an object's metadata.
PLEDGE, ORDER = "pledge", "order"
API_VERSION = "2026-10-28.endive"

ZERO_DECIMAL = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV"),
        *("XAF", "XOF", "XPF"),
    )
)
THREE_DECIMAL = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))

LOCALES: Mapping[str, str] = MappingProxyType({"en": "en", "ro": "ro", "ru": "ru"})

SUBSCRIPTION_STATUS: Mapping[str, SubscriptionStatus] = MappingProxyType(
    {
        "incomplete": "incomplete",
        "incomplete_expired": "canceled",
        "trialing": "active",
        "active": "active",
        "past_due": "past_due",
        "unpaid": "canceled",
        "paused": "paused",
        "canceled": "canceled",
    }
)
END_REASON: Mapping[str, str] = MappingProxyType(
    {
        "cancellation_requested": "canceled",
        "payment_failed": "payment_failed",
        "payment_disputed": "disputed",
        "canceled_by_retention_policy": "canceled",
    }
)
REFUND_STATUS: Mapping[str, RefundStatus] = MappingProxyType(
    {
        "pending": "pending",
        "requires_action": "pending",
        "succeeded": "succeeded",
        "failed": "failed",
        "canceled": "failed",
    }
)
DISPUTE_STATUS: Mapping[str, DisputeStatus] = MappingProxyType(
    {
        "warning_needs_response": "inquiry",
        "warning_under_review": "inquiry",
        "warning_closed": "closed",
        "needs_response": "open",
        "under_review": "open",
        "won": "won",
        "lost": "lost",
        "prevented": "closed",
    }
)
PAYOUT_STATUS: Mapping[str, PayoutStatus] = MappingProxyType(
    {
        "pending": "pending",
        "in_transit": "in_transit",
        "paid": "paid",
        "failed": "failed",
        "canceled": "canceled",
    }
)
# By `reporting_category`: `type` tells a card's payment from a bank's, which is nothing to us.
MOVE_KIND: Mapping[str, MoveKind] = MappingProxyType(
    {
        "charge": "payment",
        "refund": "refund",
        "partial_capture_reversal": "refund",
        "refund_failure": "refund_failure",
        "dispute": "dispute",
        "dispute_reversal": "dispute",
        "payout": "payout",
        "payout_reversal": "payout_failure",
        "fee": "fee",
    }
)


class InexactAmount(Exception):
    """Stripe's number has decimals that the currency does not have."""


def stripe_exponent(currency: str) -> int:
    """Decimals as Stripe counts them, which is not always as ISO 4217 does (ISK, UGX)."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def factor(currency: str) -> int:
    """How many of Stripe's units one of ours is: 1, but 100 for ISK."""
    difference = stripe_exponent(currency) - exponent(currency)
    return int("1" + "0" * difference)


def to_stripe(money: Money) -> int:
    """Our minor units as the integer that Stripe wants."""
    return money.minor * factor(money.currency)


def from_stripe(amount: int, currency: str) -> Money:
    """Stripe's integer as Money. Raises InexactAmount rather than round."""
    code = currency.upper()
    if amount % factor(code):
        raise InexactAmount(f"{amount} {code} cannot be kept exactly")
    return Money(amount // factor(code), code)


def moment(seconds: int) -> datetime:
    """Stripe's unix seconds as a UTC datetime."""
    return datetime.fromtimestamp(seconds, tz=UTC)


def moment_or_none(seconds: int | None) -> datetime | None:
    """The same for what may be null."""
    return None if seconds is None else moment(seconds)


def dispute_status(word: str) -> DisputeStatus:
    """Ours for Stripe's word; an unknown one is open, so that somebody looks."""
    return DISPUTE_STATUS.get(word, "open")


def metadata(obj: Mapping[str, Any], key: str) -> str:
    """A value that we put into an object's metadata; blank when it is not ours."""
    return str((obj.get("metadata") or {}).get(key) or "")
