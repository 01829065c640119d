"""All that the service knows about money, without row numbers and without when it heard of it."""

from typing import Any

from donations.giving.models import (
    Dispute,
    Donation,
    Payout,
    PayoutItem,
    Pledge,
    Refund,
    Subscription,
)
from donations.ledger.models import Line


def known() -> dict[str, Any]:
    """For comparing: the same facts must leave the same, however they were told."""
    return {
        "lines": rows(
            Line.objects.values_list("posting__reference", "account", "currency", "amount_minor")
        ),
        "donations": rows(
            Donation.objects.values_list(
                *("gateway_ref", "payment_ref", "amount_minor", "currency"),
                *("fee_minor", "fee_currency", "settled_minor", "settled_currency"),
                *("payer_email", "payer_name", "note", "received_at", "is_from_file"),
                *("supporter__email", "pledge__token", "article__url"),
                *("subscription__gateway_ref", "is_first"),
            )
        ),
        "pledges": rows(
            Pledge.objects.values_list("token", "status", "fulfilled_at", "supporter__email")
        ),
        "refunds": rows(
            Refund.objects.values_list("gateway_ref", "donation__gateway_ref", "amount_minor")
        ),
        "disputes": rows(Dispute.objects.values_list("gateway_ref", "status", "amount_minor")),
        "payouts": rows(Payout.objects.values_list("gateway_ref", "status", "amount_minor")),
        "in payouts": rows(PayoutItem.objects.values_list("payout__gateway_ref", "ref")),
        "subscriptions": rows(
            Subscription.objects.values_list(
                *("gateway_ref", "old_ref", "status", "amount_minor", "currency", "interval"),
                *("supporter__email", "pledge__token", "customer_ref", "created_at"),
                *("period_end", "ended_at", "end_reason"),
            )
        ),
    }


def rows(found: Any) -> list[Any]:
    """In a fixed order."""
    return sorted(found, key=str)
