"""Mailings, their words, and a row for every person that one goes to."""

from donations.broadcasts.models.broadcast import Broadcast, Edition
from donations.broadcasts.models.delivery import Delivery

__all__ = ["Broadcast", "Delivery", "Edition"]
