"""What moved on the balance at Stripe, and what stands there."""

from collections.abc import Iterator
from datetime import datetime

from donations.gateways.base import Balance
from donations.gateways.events import Move
from donations.gateways.stripe.client import client, our_errors, plain
from donations.gateways.stripe.payouts import move_of
from donations.gateways.stripe.words import from_stripe
from donations.money import Money

PAGE = 100


def moves(*, since: datetime, until: datetime) -> Iterator[Move]:
    """Balance transactions with what made each, a page at a time."""
    with our_errors():
        found = client().v1.balance_transactions.list(
            {
                "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
                "limit": PAGE,
                "expand": ["data.source"],
            }
        )
        for one in found.auto_paging_iter():
            yield move_of(plain(one))


def balances() -> list[Balance]:
    """By currency, what is available and what is pending."""
    with our_errors():
        told = plain(client().v1.balance.retrieve())
    sums: dict[str, dict[str, int]] = {}
    for name in ("available", "pending"):
        for part in told[name]:
            money = from_stripe(part["amount"], part["currency"])
            into = sums.setdefault(money.currency, {"available": 0, "pending": 0})
            into[name] += money.minor
    return [
        Balance(
            available=Money(found["available"], currency), pending=Money(found["pending"], currency)
        )
        for currency, found in sorted(sums.items())
    ]
