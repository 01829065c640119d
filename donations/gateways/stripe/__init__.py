"""Stripe, API version 2026-10-28.endive. Only this folder imports the SDK."""

from donations.gateways.stripe.gateway import StripeGateway

__all__ = ["StripeGateway"]
