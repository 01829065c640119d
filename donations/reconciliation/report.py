"""What an import came to, in numbers that a person reads."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

# A report is read by a person and kept in a row.
MOST_LISTED = 50
Listed = list[tuple[int, str]]


@dataclass(kw_only=True)
class Report:
    """Counts of a file's rows. Every row is counted once.

    `amounts` is the gross of the payments taken, per currency in minor units. `waiting` are rows
    about a payment that nobody has told of yet. Lists hold (line, reason), the first of them.
    `first_at` and `last_at` (ISO) are the moments between which the file tells of everything.
    """

    rows: int = 0
    taken: int = 0
    known: int = 0
    waiting: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    ignored: dict[str, int] = field(default_factory=dict)
    puzzling: Listed = field(default_factory=list)
    puzzling_count: int = 0
    contradicting: Listed = field(default_factory=list)
    contradicting_count: int = 0
    first_at: str = ""
    last_at: str = ""

    def cover(self, at: datetime) -> None:
        """The file tells of that moment."""
        text = at.astimezone(UTC).isoformat()
        self.first_at = min(self.first_at or text, text)
        self.last_at = max(self.last_at, text)

    def take(self, *, kind: str, is_payment: bool, minor: int, currency: str) -> None:
        """A row that is new in the books."""
        self.taken += 1
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if is_payment:
            self.amounts[currency] = self.amounts.get(currency, 0) + minor

    def ignore(self, *, reason: str) -> None:
        """A row that is not about gifts."""
        self.rows += 1
        self.ignored[reason] = self.ignored.get(reason, 0) + 1

    def puzzle(self, *, line: int, reason: str) -> None:
        """A row that nobody understood."""
        self.rows += 1
        self.puzzling_count += 1
        if len(self.puzzling) < MOST_LISTED:
            self.puzzling.append((line, reason))

    def contradict(self, *, line: int, reason: str) -> None:
        """A row that says something else than the books."""
        self.contradicting_count += 1
        if len(self.contradicting) < MOST_LISTED:
            self.contradicting.append((line, reason))
