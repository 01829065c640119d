"""Activity files that staff hand in, and what comparing with the providers came to."""

from donations.reconciliation.models.activity import ActivityFile, ActivityFilePart
from donations.reconciliation.models.comparing import (
    BalanceComparison,
    Comparison,
    DayComparison,
)
from donations.reconciliation.models.notours import NotOurs

__all__ = [
    "ActivityFile",
    "ActivityFilePart",
    "BalanceComparison",
    "Comparison",
    "DayComparison",
    "NotOurs",
]
