"""A Stripe on this machine, for tests and development: no money moves.

with StripeStandin() as standin:
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": standin.base_url})
"""

from .cards import VISA, AuthenticationNeededError, CardDeclinedError
from .standin import StripeStandin

__all__ = ["VISA", "AuthenticationNeededError", "CardDeclinedError", "StripeStandin"]
