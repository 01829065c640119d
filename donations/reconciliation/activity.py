"""The rows of an activity file into the books: all of them in one transaction, or none."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.db import IntegrityError, OperationalError, transaction

from donations.gateways.events import Fact, facts_to_json
from donations.gateways.paypal.activity import (
    ROW_KIND,
    Answers,
    Ignored,
    Outcome,
    Puzzling,
    Row,
    Survey,
    event_id_of,
    facts_of_row,
    read_rows,
    row_from_json,
    row_to_json,
)
from donations.gateways.registry import gateway_named
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.giving.operations.forgetting import forget
from donations.ledger.operations import PostingConflict
from donations.ledger.queries import posted
from donations.reconciliation.report import Report
from donations.webhooks.files import KeptRow, keep_rows, kept_ids, waiting_rows

logger = logging.getLogger(__name__)

GATEWAY = "paypal"
CHUNK = 1000
MOST_TRIES = 3
MOST_COLLISIONS = 10
Progress = Callable[[int], None]


class Contradicted(Exception):
    """The books have something else under the same name; the text says what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A row with its name and what follows from it."""

    row: Row
    event_id: str
    body: bytes
    facts: list[Fact]

    @property
    def reference(self) -> str:
        """The posting that shows it in the books."""
        row, ref = self.row, self.row.told.ref
        if row.bought is not None:
            ref = f"{row.told.of_ref}:exchange"
        elif row.kind == "withdrawal" and row.told.of_ref:
            ref = f"{row.told.of_ref}:failed"
        return f"{GATEWAY}:{ref}"

    def kept(self, *, is_done: bool = True) -> KeptRow:
        """The row as it is stored."""
        facts = self.facts if is_done else None
        return KeptRow(event_id=self.event_id, body=self.body, facts=facts)


def import_rows(
    *,
    stream: BinaryIO,
    survey: Survey,
    answers: Answers,
    at: datetime,
    dry_run: bool,
    on_progress: Progress | None = None,
    conclude: Callable[[Report], None] = lambda _report: None,
) -> Report:
    """Take a settled file into the books, or see what that would come to.

    A deadlock with somebody else starts it all over. `conclude` is called before the commit.
    """
    for tries_left in reversed(range(MOST_TRIES)):
        work = Import(at=at, on_progress=on_progress)
        try:
            with transaction.atomic(), closing(read_rows(stream, survey, answers)) as outcomes:
                work.run(outcomes)
                conclude(work.report)
                transaction.set_rollback(dry_run)
        except OperationalError:
            if not tries_left:
                raise
            logger.warning("an activity file is imported once more", exc_info=True)
        else:
            break
    return work.report


@dataclass
class Import:
    """One attempt."""

    at: datetime
    on_progress: Progress | None = None
    report: Report = field(default_factory=Report)

    def run(self, outcomes: Iterator[Outcome]) -> None:
        """A thousand rows at a time, then those that had to wait for one of the others."""
        while chunk := list(islice(outcomes, CHUNK)):
            self.careful(chunk)
            if self.on_progress is not None:
                self.on_progress(self.report.rows)
        while self.report.waiting and self.settle():
            pass

    def careful(self, outcomes: list[Outcome]) -> None:
        """A chunk, and again when somebody told of one of its payments at the same moment.

        Where that happens again and again its rows are taken one by one, which stands it.
        """
        for tries in range(MOST_COLLISIONS + 1):
            before = deepcopy(self.report)
            try:
                with transaction.atomic():
                    self.chunk(outcomes, at_once=tries < MOST_TRIES)
            except IntegrityError:
                if tries == MOST_COLLISIONS:
                    raise
                self.report = before
            else:
                break

    def chunk(self, outcomes: list[Outcome], *, at_once: bool) -> None:
        """Count what is left out, record the rest."""
        rows = []
        for outcome in outcomes:
            match outcome:
                case Row():
                    rows.append(outcome)
                    self.report.cover(outcome.told.at)
                case Ignored():
                    self.report.ignore(reason=outcome.reason)
                case Puzzling():
                    self.report.puzzle(line=outcome.line, reason=outcome.reason)
        self.report.rows += len(rows)
        new = impersonal(self.unseen([told_of(row) for row in rows]))
        answers: list[giving.Answer] = ["left"] * len(new)
        if at_once:
            answers = giving.record_many(told=[told.facts for told in new], at=self.at)
        kept, others = [], []
        for told, answer in zip(new, answers, strict=True):
            if answer == "left":
                others.append(told)
            else:
                self.count(told, is_known=answer == "known")
                kept.append(told.kept())
        in_books = posted(told.reference for told in others)
        for told in others:
            kept += self.one(told, is_known=told.reference in in_books)
        keep_rows(gateway=GATEWAY, kind=ROW_KIND, rows=kept, at=self.at)

    def unseen(self, told: list[Told]) -> list[Told]:
        """Without those that were kept before, by another import or a line further up."""
        seen = kept_ids(gateway=GATEWAY, event_ids=[each.event_id for each in told])
        new = []
        for each in told:
            if each.event_id in seen:
                self.report.known += 1
            else:
                seen.add(each.event_id)
                new.append(each)
        return new

    def one(self, told: Told, *, is_known: bool) -> list[KeptRow]:
        """Record a row by itself; nothing is kept of one that contradicts the books."""
        try:
            record(told, at=self.at)
        except giving.NotYetKnown:
            self.report.waiting += 1
            return [told.kept(is_done=False)]
        except (Contradicted, PostingConflict) as error:
            self.report.contradict(line=told.row.line, reason=f"differs: {error}")
            return []
        self.count(told, is_known=is_known)
        return [told.kept()]

    def count(self, told: Told, *, is_known: bool = False) -> None:
        """A row that the books agree with: new in them, or known."""
        if is_known:
            self.report.known += 1
            return
        money = told.row.told.gross
        self.report.take(
            kind=told.row.kind,
            is_payment=told.row.is_payment,
            minor=money.minor,
            currency=money.currency,
        )

    def settle(self) -> bool:
        """Try again what waits; whether anything came of it."""
        done = 0
        for event in waiting_rows(gateway=GATEWAY, kind=ROW_KIND, since=self.at):
            told = told_of(row_from_json(bytes(event.body)))
            try:
                record(told, at=self.at)
            except giving.NotYetKnown:
                continue
            except (Contradicted, PostingConflict) as error:
                event.delete()
                self.report.contradict(line=told.row.line, reason=f"differs: {error}")
            else:
                event.mark_done(facts=facts_to_json(told.facts), at=self.at)
                self.count(told)
            done += 1
        self.report.waiting -= done
        return bool(done)


def told_of(row: Row) -> Told:
    """A row with all that follows from it."""
    body = row_to_json(row)
    return Told(row=row, event_id=event_id_of(row, body), body=body, facts=facts_of_row(row))


def impersonal(rows: list[Told]) -> list[Told]:
    """The same rows; those of somebody who was erased say nothing of them any more."""
    facts = [list(each.facts) for each in rows]
    return [
        replace(
            each,
            facts=left,
            body=gateway_named(GATEWAY).without_people(kind=ROW_KIND, body=each.body),
        )
        if is_gone
        else each
        for each, left, is_gone in zip(rows, facts, forget(facts), strict=True)
    ]


def record(told: Told, *, at: datetime) -> None:
    """All facts of a row, or none. Raises NotYetKnown, Contradicted, PostingConflict."""
    with transaction.atomic():
        if told.row.is_payment:
            check_payment(told)
        for fact in told.facts:
            giving.record(fact=fact, at=at)


def check_payment(told: Told) -> None:
    """The books may know the payment, but not with another amount or fee. Raises Contradicted."""
    known = Donation.objects.filter(gateway=GATEWAY, gateway_ref=told.row.told.ref).first()
    if known is None:
        return
    gross, fee = told.row.told.gross, told.row.told.fee
    if known.money != gross:
        raise Contradicted(f"{told.row.told.ref} {known.money.decimal} {known.currency}")
    if known.fee is not None and fee is not None and known.fee != fee:
        raise Contradicted(f"{told.row.told.ref} {known.fee.decimal} {known.fee.currency}")
