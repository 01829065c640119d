"""What a person had to tell about a file, and what a first look at the file found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from donations.gateways.paypal.activity.headings import is_statement


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a person told. Blank and None leave it to the file.

    `columns`: ours -> the heading in the file, blank for "the file has none". `kinds` and
    `statuses`: the word in the file -> ours. `decimal`: the mark before the decimals.
    """

    columns: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    decimal: str = ""


@dataclass(kw_only=True)
class Survey:
    """A first look over the whole file: what was decided from it, and what has to be asked.

    `missing`: columns that it cannot do without; `wanting`: asked with them, it may have none.
    """

    header: list[str]
    columns: dict[str, str]
    missing: list[str]
    wanting: list[str] = field(default_factory=list)
    rows: int = 0
    unknown_kinds: list[str] = field(default_factory=list)
    unknown_statuses: list[str] = field(default_factory=list)
    dates_are_ambiguous: bool = False
    numbers_are_ambiguous: bool = False
    day_first: bool | None = None
    decimal: str = ""
    examples: list[list[str]] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Nothing has to be asked."""
        return not (
            self.missing
            or self.unknown_kinds
            or self.unknown_statuses
            or self.dates_are_ambiguous
            or self.numbers_are_ambiguous
        )


class Layout:
    """Where in a record each of our columns is."""

    def __init__(self, header: Sequence[str], columns: Mapping[str, str]) -> None:
        self.width = len(header)
        self.places = {ours: header.index(heading) for ours, heading in columns.items()}
        # A statement has no such column, for it tells only what is completed.
        self.has_status = "status" in columns and not is_statement(columns)

    def fits(self, fields: Sequence[str]) -> bool:
        """Whether a record has the header's columns, and nothing beyond them."""
        return len(fields) == self.width or (
            len(fields) > self.width and not any(fields[self.width :])
        )

    def get(self, fields: Sequence[str], ours: str) -> str:
        """A field without the spaces around it; blank when the file has no such column."""
        place = self.places.get(ours)
        return "" if place is None else fields[place].strip()

    def amount(self, fields: Sequence[str], ours: str) -> str:
        """An amount's text; what has no figure ("...") is blank."""
        text = self.get(fields, ours)
        return text if text.strip(" .…-–—") else ""
