"""The sums of a day in one currency, and what differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from donations.gateways.events import Move
from donations.ledger.models import Account
from donations.reconciliation.models import DayComparison

# A row is read by a person.
MOST_LISTED = 50
PARTS = ("gross", "fees", "returned", "paid_out")
LISTS = ("only_theirs", "only_ours", "differing")
Entry = dict[str, Any]
Key = tuple[str, str]


def key_of(entry: Entry) -> Key:
    """The provider's name of a move: its kind and its id."""
    return str(entry["kind"]), str(entry["ref"])


@dataclass(kw_only=True)
class Side:
    """What came in, what the provider kept, what went back, what went to the bank."""

    gross: int = 0
    fees: int = 0
    returned: int = 0
    paid_out: int = 0

    def add(self, kind: str, gross: int, fee: int) -> None:
        """A move before its fee; money out is negative."""
        self.fees += fee
        match kind:
            case "payment":
                self.gross += gross
            case "refund" | "refund_failure" | "dispute":
                self.returned -= gross
            case "payout" | "payout_failure":
                self.paid_out -= gross

    def add_line(self, account: str, amount: int) -> None:
        """What a posting of ours did, by its other account."""
        match account:
            case Account.DONATIONS:
                self.gross -= amount
            case Account.FEES:
                self.fees += amount
            case Account.REFUNDS | Account.DISPUTES:
                self.returned += amount
            case Account.BANK:
                self.paid_out += amount


@dataclass(kw_only=True)
class Listed:
    """Things that differ, and how many there are: a row has only the first of them."""

    entries: list[Entry] = field(default_factory=list)
    count: int = 0

    def add(self, **entry: Any) -> None:
        """One more."""
        self.count += 1
        self.entries.append(entry)

    def add_first(self, entry: Entry) -> None:
        """One more, that a colleague is looking at: it must not be beyond what is listed."""
        self.count += 1
        self.entries.insert(0, entry)

    def part(self, goes: Callable[[Entry], bool]) -> list[Entry]:
        """Without those that do not differ any more, which are the answer."""
        gone = [entry for entry in self.entries if goes(entry)]
        self.entries = [entry for entry in self.entries if not goes(entry)]
        self.count -= len(gone)
        return gone


@dataclass(kw_only=True)
class Tally:
    """A day in one currency."""

    ours: Side = field(default_factory=Side)
    theirs: Side = field(default_factory=Side)
    beside: int = 0
    only_theirs: Listed = field(default_factory=Listed)
    only_ours: Listed = field(default_factory=Listed)
    differing: Listed = field(default_factory=Listed)
    not_ours: list[Entry] = field(default_factory=list)

    @classmethod
    def of(cls, row: DayComparison) -> "Tally":
        """As a row has it."""
        sides = {
            name: Side(**{part: getattr(row, f"{name}_{part}") for part in PARTS})
            for name in ("ours", "theirs")
        }
        lists = {
            name: Listed(entries=list(getattr(row, name)), count=getattr(row, f"{name}_count"))
            for name in LISTS
        }
        rest: dict[str, Any] = {**sides, **lists}
        return cls(beside=row.theirs_beside, not_ours=list(row.not_ours), **rest)

    def beside_gifts(self, move: Move) -> None:
        """It moved there and says nothing about gifts."""
        self.beside += move.money.minor - (move.fee.minor if move.fee else 0)

    def told(self, move: Move, ours: tuple[int, int] | None) -> None:
        """A move of theirs beside what the books have of it: before the fee, and the fee."""
        fee = ours[1] if move.fee is None and ours else move.fee.minor if move.fee else 0
        self.theirs.add(move.kind, move.money.minor, fee)
        entry = {
            "ref": move.ref,
            "kind": move.kind,
            "source": move.source_ref,
            "payment": move.payment_ref,
            "theirs": move.money.minor - fee,
            "fee": fee,
        }
        if ours is None:
            self.only_theirs.add(**entry)
            return
        self.ours.add(move.kind, *ours)
        if ours != (move.money.minor, fee):
            self.differing.add(**entry, ours=ours[0] - ours[1])

    def set_aside(self, said: Mapping[Key, int]) -> None:
        """What only they have, and is not ours as colleagues said of that very amount."""
        aside = self.only_theirs.part(lambda each: said.get(key_of(each)) == each["theirs"])
        self.not_ours += aside
        for entry in aside:
            self.move_beside(entry, 1)

    def take_back(self, key: Key) -> None:
        """It is ours after all, and differs."""
        for entry in [entry for entry in self.not_ours if key_of(entry) == key]:
            self.not_ours.remove(entry)
            self.only_theirs.add_first(entry)
            self.move_beside(entry, -1)

    def move_beside(self, entry: Entry, sign: int) -> None:
        """From the sums of gifts to what moved beside them, or back again."""
        fee = entry.get("fee", 0)
        self.theirs.add(entry["kind"], -sign * (entry["theirs"] + fee), -sign * fee)
        self.beside += sign * entry["theirs"]

    def as_fields(self) -> dict[str, Any]:
        """As the row keeps it."""
        sides = {
            f"{name}_{part}": getattr(side, part)
            for name, side in (("ours", self.ours), ("theirs", self.theirs))
            for part in PARTS
        }
        lists: dict[str, Listed] = {name: getattr(self, name) for name in LISTS}
        return {
            **sides,
            "theirs_beside": self.beside,
            "not_ours": self.not_ours,
            **{name: listed.entries[:MOST_LISTED] for name, listed in lists.items()},
            **{f"{name}_count": listed.count for name, listed in lists.items()},
        }
