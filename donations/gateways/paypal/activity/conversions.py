"""The two lines of a currency conversion, wherever they are in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from donations.gateways.paypal.activity.rows import Ignored, Outcome, Puzzling, Row
from donations.gateways.paypal.payments import Transaction
from donations.money import Money

# Lines of one payment that wait for their other halves: PayPal makes one or two.
MOST_WAITING = 50


class Half(NamedTuple):
    """One line of a conversion; small, for it waits for the other one."""

    line: int
    ref: str
    reference: str
    minor: int
    currency: str
    at: datetime


@dataclass
class Conversions:
    """Pairs the lines by the transaction that they name.

    `spent` are the transactions of our own spending; all of them are known before the first line.
    """

    waiting: dict[str, list[Half]] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def add(self, half: Half) -> list[Outcome]:
        """One line; its other half has the other sign, another currency and the same reference.

        Of one payment no more lines wait than can be looked through for each.
        """
        halves = self.waiting.setdefault(half.reference, [])
        for other in halves:
            if (other.minor < 0) != (half.minor < 0) and other.currency != half.currency:
                halves.remove(other)
                if not halves:
                    del self.waiting[half.reference]
                return self.paired(*((other, half) if other.minor < 0 else (half, other)))
        if len(halves) >= MOST_WAITING:
            return [Puzzling(line=half.line, reason="unpaired")]
        halves.append(half)
        return []

    def paired(self, sold: Half, bought: Half) -> list[Outcome]:
        """Both lines."""
        if sold.reference in self.spent:
            return [Ignored(line=half.line, reason="own spending") for half in (sold, bought)]
        return [Ignored(line=sold.line, reason="second half"), conversion(sold, bought)]

    def alone(self) -> Iterator[Outcome]:
        """Lines whose other half is not there."""
        for half in chain.from_iterable(self.waiting.values()):
            if half.reference in self.spent:
                yield Ignored(line=half.line, reason="own spending")
            else:
                yield Puzzling(line=half.line, reason="unpaired")


def conversion(sold: Half, bought: Half) -> Row:
    """Both lines as one row, under the transaction id of the money that came."""
    told = Transaction(
        ref=bought.ref,
        gross=Money(-sold.minor, sold.currency),
        fee=None,
        at=bought.at,
        told_by="file",
        of_ref=bought.reference,
    )
    return Row(
        line=bought.line,
        kind="conversion",
        told=told,
        bought=Money(bought.minor, bought.currency),
    )
