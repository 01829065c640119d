"""One gateway's days: their moves and our postings, matched by name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from donations.gateways.events import Move
from donations.giving.operations.bookkeeping import BALANCES
from donations.ledger.models import Account, Line
from donations.reconciliation.comparing.names import BESIDE, names_of, payments_of
from donations.reconciliation.comparing.tally import Tally
from donations.reconciliation.comparing.witnesses import Span

CHUNK = 500
# A payment by bank debit is on the balance days after it was made.
BEFORE, AFTER = timedelta(days=3), timedelta(days=14)


def start_of(day: date) -> datetime:
    """Midnight in the newsroom."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def day_of(at: datetime) -> date:
    """Which day it was in the newsroom."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def chunks(moves: Iterable[Move]) -> Iterator[list[Move]]:
    """So many at a time that one question to the database holds them."""
    left = iter(moves)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


@dataclass
class Days:
    """Matches what happened from the first to the last day.

    What lies around them is listed as well: our moment of a thing may be another day's than theirs.
    A thing that both have counts on their day, on both sides.
    """

    gateway: str
    first: date
    last: date
    tallies: dict[tuple[date, str], Tally] = field(default_factory=dict)
    explained: set[str] = field(default_factory=set)

    @property
    def balance(self) -> Account:
        """Whose balance it is."""
        return BALANCES[self.gateway]

    def tally(self, day: date, currency: str) -> Tally:
        """Of this day, begun if need be."""
        return self.tallies.setdefault((day, currency), Tally())

    def take(self, moves: Sequence[Move]) -> None:
        """What they say moved, beside what the books have of it."""
        payments = payments_of(self.gateway, moves)
        names = [names_of(self.gateway, move, payments) for move in moves]
        books = Books.of([name for each in names for name in each], self.balance)
        for move, each in zip(moves, names, strict=True):
            self.explained.update(each)
            day = day_of(move.moved_at)
            if not self.first <= day <= self.last:
                continue
            tally = self.tally(day, move.money.currency)
            if move.kind in BESIDE:
                tally.beside_gifts(move)
            else:
                tally.told(move, books.amounts(each, move.money.currency))

    def look_for_others(self, spans: Sequence[Span]) -> None:
        """What the books have and they do not."""
        lines = Line.objects.filter(
            account=self.balance,
            posting__at__gte=start_of(self.first),
            posting__at__lt=start_of(self.last + timedelta(days=1)),
        ).order_by("posting__at", "posting_id")
        rows = lines.values_list("posting__reference", "posting__at", "currency", "amount_minor")
        left: dict[tuple[str, str], list[tuple[str, datetime, int]]] = {}
        for reference, at, currency, amount in rows.iterator(chunk_size=2000):
            if reference not in self.explained and any(span.has(at) for span in spans):
                left.setdefault((base(reference), currency), []).append((reference, at, amount))
        self.list_others({key: parts for key, parts in left.items() if sum(p[2] for p in parts)})

    def list_others(self, left: dict[tuple[str, str], list[tuple[str, datetime, int]]]) -> None:
        """Into the sums of their days. What went out and came back is nothing at the provider."""
        references = [reference for parts in left.values() for reference, _at, _sum in parts]
        books = Books.of(references, None)
        for (_base, currency), parts in left.items():
            for reference, at, amount in parts:
                tally = self.tally(day_of(at), currency)
                tally.only_ours.add(ref=reference, ours=amount)
                for account, minor in books.lines(reference, currency):
                    tally.ours.add_line(account, minor)


def base(reference: str) -> str:
    """The thing behind a posting: its fee and its failure are parts of it."""
    return reference.removesuffix(":failed").removesuffix(":fee")


@dataclass
class Books:
    """The lines of some postings."""

    found: dict[str, list[tuple[str, str, int]]]
    balance: Account | None

    @classmethod
    def of(cls, references: Sequence[str], balance: Account | None) -> "Books":
        """Read in as many questions as it takes."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for start in range(0, len(references), CHUNK):
            rows = Line.objects.filter(posting__reference__in=references[start : start + CHUNK])
            values = rows.values_list("posting__reference", "account", "currency", "amount_minor")
            for reference, account, currency, amount in values:
                found.setdefault(reference, []).append((account, currency, amount))
        return cls(found, balance)

    def lines(self, reference: str, currency: str) -> list[tuple[str, int]]:
        """Of one posting in one currency."""
        rows = self.found.get(reference, [])
        return [(account, amount) for account, its, amount in rows if its == currency]

    def amounts(self, references: Sequence[str], currency: str) -> tuple[int, int] | None:
        """What they did to the balance before the fee, and the fee; None when there is nothing."""
        if not any(reference in self.found for reference in references):
            return None
        lines = [line for reference in references for line in self.lines(reference, currency)]
        net = sum(amount for account, amount in lines if account == self.balance)
        fee = sum(amount for account, amount in lines if account == Account.FEES)
        return net + fee, fee
