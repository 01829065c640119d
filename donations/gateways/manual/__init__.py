"""Cash and bank transfers: what colleagues enter by hand, kept as notifications like any other."""

from donations.gateways.manual.entries import NAME, Entry, Return, Way, as_notification
from donations.gateways.manual.gateway import ManualGateway

__all__ = ["NAME", "Entry", "ManualGateway", "Return", "Way", "as_notification"]
