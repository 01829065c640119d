"""PayPal by links, notifications (IPN) and activity files: no keys, no API, no SDK."""

from donations.gateways.paypal.gateway import PayPalGateway
from donations.gateways.paypal.links import me_address, me_link, takes
from donations.gateways.paypal.words import WHOLE_UNITS

__all__ = ["WHOLE_UNITS", "PayPalGateway", "me_address", "me_link", "takes"]
