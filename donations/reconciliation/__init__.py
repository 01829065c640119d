"""What the providers list, against what we recorded."""

from donations.reconciliation.operations import reconcile

__all__ = ["reconcile"]
