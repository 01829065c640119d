"""The two lines of a currency conversion, wherever they are in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
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

    A conversion is told at the end, when it is known which transactions are our own spending.
    """

    waiting: dict[str, list[Half]] = field(default_factory=dict)
    pairs: list[tuple[Half, Half]] = field(default_factory=list)
    spent: set[str] = field(default_factory=set)

    def add(self, half: Half) -> bool:
        """One line; its other half has the other sign, another currency and the same reference.

        False for more lines of one payment than are ever looked through.
        """
        halves = self.waiting.setdefault(half.reference, [])
        for other in halves:
            if (other.minor < 0) != (half.minor < 0) and other.currency != half.currency:
                halves.remove(other)
                self.pairs.append((other, half) if other.minor < 0 else (half, other))
                if not halves:
                    del self.waiting[half.reference]
                return True
        if len(halves) >= MOST_WAITING:
            return False
        halves.append(half)
        return True

    def told(self) -> Iterator[Outcome]:
        """What they come to."""
        for sold, bought in self.pairs:
            if sold.reference in self.spent:
                yield Ignored(line=sold.line, reason="own spending")
                yield Ignored(line=bought.line, reason="own spending")
            else:
                yield Ignored(line=sold.line, reason="second half")
                yield conversion(sold, bought)
        for halves in self.waiting.values():
            yield from map(self.alone, halves)

    def alone(self, half: Half) -> Outcome:
        """A line whose other half is not there."""
        if half.reference in self.spent:
            return Ignored(line=half.line, reason="own spending")
        return Puzzling(line=half.line, reason="unpaired")


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
