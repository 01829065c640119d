"""The list of supporters."""

from donations.lists.supporters.listing import supporters

__all__ = ["supporters"]
