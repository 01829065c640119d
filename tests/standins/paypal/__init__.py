"""A PayPal on this machine, for tests and development: no money moves.

with PayPalStandin() as standin:
    paid = standin.pay_link(f"{standin.base_url}/paypalme/newscafeeu/25EUR")
    body = standin.ipns[-1]
"""

from .links import LinkRefusedError
from .standin import PayPalStandin
from .state import Payer, Subscription, Transaction

__all__ = ["LinkRefusedError", "PayPalStandin", "Payer", "Subscription", "Transaction"]
