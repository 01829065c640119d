"""The list of donations."""

from donations.lists.donations.listing import donations

__all__ = ["donations"]
