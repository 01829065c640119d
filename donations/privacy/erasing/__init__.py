"""Erasing a person for good."""

from donations.privacy.erasing.farewell import forget_at_providers
from donations.privacy.erasing.operation import NotErased, erase

__all__ = ["NotErased", "erase", "forget_at_providers"]
