"""Each move at the provider against its postings, a day and a currency at a time."""

from donations.reconciliation.comparing.notours import NotListed, say_not_ours, say_ours
from donations.reconciliation.comparing.operations import (
    MOST_DAYS,
    ask,
    compare,
    is_anything_due,
    run_due,
)

__all__ = [
    "MOST_DAYS",
    "NotListed",
    "ask",
    "compare",
    "is_anything_due",
    "run_due",
    "say_not_ours",
    "say_ours",
]
