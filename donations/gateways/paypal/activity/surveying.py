"""The first pass over a file: what it is, what can be decided from it, what has to be asked."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import BinaryIO

from donations.gateways.paypal.activity.answers import Answers, Layout, Survey
from donations.gateways.paypal.activity.dates import Dates
from donations.gateways.paypal.activity.headings import (
    example,
    located,
    missing,
    plain,
    wanting,
)
from donations.gateways.paypal.activity.numbers import Numbers
from donations.gateways.paypal.activity.opening import ActivityFileRefused, records
from donations.gateways.paypal.activity.words import MEMO, PAYMENTS, kind_of, status_of

# A date, a type or code, a currency, an amount and an id: with fewer columns there is no way.
FEWEST_COLUMNS = 5
MOST_EXAMPLES = 5
MOST_RECEIVERS = 5
MOST_UNKNOWN = 40
LONGEST_EXAMPLE = 60


def survey(stream: BinaryIO, answers: Answers) -> Survey:
    """Look over the whole file, one record in memory at a time. Raises ActivityFileRefused."""
    with closing(records(stream)) as found:
        _line, header = next(found, (0, [""]))
        header = [name.strip("\ufeff \t\r\n") for name in header]
        columns = located(header, answers.columns)
        lacking = missing(columns, answers.columns)
        if lacking and len(header) < FEWEST_COLUMNS:
            raise ActivityFileRefused("columns", ", ".join(map(example, lacking)))
        look = Look(Layout(header, columns), answers)
        for line, fields in found:
            look.see(line, fields)
    result = Survey(header=header, columns=columns, missing=lacking, rows=look.rows)
    if lacking:
        result.wanting = wanting(columns, answers.columns)
    look.conclude(result)
    return result


@dataclass
class Look:
    """What was seen so far."""

    layout: Layout
    answers: Answers
    rows: int = 0
    ragged: int = 0
    numbers: Numbers = field(default_factory=Numbers)
    dates: Dates = field(default_factory=Dates)
    unknown_kinds: dict[str, None] = field(default_factory=dict)
    unknown_statuses: dict[str, None] = field(default_factory=dict)
    receivers: dict[str, None] = field(default_factory=dict)
    examples: list[list[str]] = field(default_factory=list)

    def see(self, line: int, fields: Sequence[str]) -> None:
        """One record."""
        self.rows += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append([text[:LONGEST_EXAMPLE] for text in fields])
        if not self.layout.fits(fields):
            self.ragged += 1
            return
        self.dates.see(self.layout.get(fields, "date"), line)
        amounts = [self.layout.amount(fields, name) for name in ("gross", "fee", "net")]
        self.numbers.see(*amounts, currency=self.layout.get(fields, "currency"))
        if self.is_done(fields):
            self.see_kind(fields, amounts[0])

    def is_done(self, fields: Sequence[str]) -> bool:
        """Whether it is completed or may be: what is not is left out, whatever its type."""
        if plain(self.layout.get(fields, "impact")) in MEMO:
            return False
        if not self.layout.has_status:
            return True
        word = self.layout.get(fields, "status")
        status = status_of(word, self.answers.statuses)
        if status is None:
            remember(self.unknown_statuses, word, MOST_UNKNOWN)
        return status in ("completed", "returned", None)

    def see_kind(self, fields: Sequence[str], gross: str) -> None:
        """Its type, and of money that came to whom it came."""
        word, code = self.layout.get(fields, "type"), self.layout.get(fields, "code")
        kind = kind_of(word, code, self.answers.kinds)
        if kind is None:
            remember(self.unknown_kinds, word or code, MOST_UNKNOWN)
        to = self.layout.get(fields, "to_email").lower()
        if kind in PAYMENTS and to and gross[:1] not in "-\u2212":
            remember(self.receivers, to[:254], MOST_RECEIVERS)

    def conclude(self, result: Survey) -> None:
        """What is decided and what is not. Raises ActivityFileRefused."""
        if not self.rows:
            raise ActivityFileRefused("rows")
        result.examples = self.examples
        if result.missing:
            if self.ragged * 2 > self.rows:
                raise ActivityFileRefused("columns", ", ".join(map(example, result.missing)))
            return
        if self.rows > self.ragged and not self.dates.readable:
            raise ActivityFileRefused("dates")
        self.numbers.check()
        result.day_first = self.dates.decided(told=self.answers.day_first)
        result.dates_are_ambiguous = self.dates.are_ambiguous(decided=result.day_first)
        result.decimal = self.numbers.decided(self.answers.decimal)
        result.numbers_are_ambiguous = not result.decimal
        result.unknown_kinds = list(self.unknown_kinds)
        result.unknown_statuses = list(self.unknown_statuses)
        result.receivers = list(self.receivers)


def remember(known: dict[str, None], word: str, most: int) -> None:
    """A word once, in the order of its coming; not more of them than anybody answers."""
    if len(known) < most:
        known[word] = None
