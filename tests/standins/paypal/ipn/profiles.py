"""The newer kind of subscription: a recurring payments profile, with other names for all of it."""

from ..dates import ipn_date
from ..state import Subscription, Transaction
from .encoding import Pairs
from .fields import people

_CYCLES = {"D": "Daily", "W": "Weekly", "M": "Monthly", "Y": "Yearly"}
_WORDS = {
    "active": "Active",
    "suspended": "Suspended",
    "canceled": "Cancelled",
    "ended": "Expired",
}


def profile(sub: Subscription, kind: str) -> Pairs:
    """Created, skipped, failed, suspended, cancelled, expired: `recurring_payment_…`."""
    return [
        *people(sub.payer, sub.business, with_business=False),
        ("currency_code", sub.currency),
        ("txn_type", kind),
        *_of(sub),
    ]


def profile_payment(txn: Transaction, sub: Subscription) -> Pairs:
    """An instalment: `recurring_payment`."""
    dollars = txn.currency == "USD"
    return [
        *people(txn.payer, txn.business),
        ("mc_currency", txn.currency),
        ("payment_gross", str(txn.gross) if dollars else ""),
        ("payment_fee", str(txn.fee) if dollars else ""),
        ("payment_type", txn.payment_type),
        ("txn_type", txn.kind),
        ("txn_id", txn.id),
        ("payment_status", txn.status),
        *([("pending_reason", txn.reason)] if txn.status == "Pending" else []),
        ("payment_date", txn.payment_date),
        ("mc_gross", str(txn.gross)),
        *([("mc_fee", str(txn.fee))] if txn.fee else []),
        *_of(sub),
    ]


def _of(sub: Subscription) -> list[tuple[str, str]]:
    over = sub.status != "active"
    return [
        ("recurring_payment_id", sub.id),
        ("product_name", sub.said.get("item_name", "")),
        ("product_type", "1"),
        ("period_type", "Regular"),
        ("payment_cycle", _CYCLES[sub.unit]),
        ("next_payment_date", "N/A" if over else ipn_date(sub.next_at)),
        ("amount_per_cycle", str(sub.amount)),
        ("amount", str(sub.amount)),
        ("initial_payment_amount", "0.00"),
        ("outstanding_balance", "0.00"),
        ("profile_status", _WORDS[sub.status]),
        *([("rp_invoice_id", sub.said["custom"])] if sub.said.get("custom") else []),
        ("time_created", ipn_date(sub.at)),
    ]
