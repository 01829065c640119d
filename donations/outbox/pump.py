"""The loop that empties a queue: claim, commit the attempt, send, commit the outcome.

Killed anywhere, it leaves at most one mail of which nobody knows whether it was sent.
"""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Generic, TypeVar

from django.db import transaction

from donations.outbox.letters import Letter
from donations.outbox.models import Sending, SendingQuerySet
from donations.outbox.settling import described, settle, try_later
from donations.outbox.verdicts import Verdict, judge
from donations.outbox.wire import Wire

logger = logging.getLogger(__name__)

# So many at first, then as many as are sent in so many seconds: what is done once for all of a
# chunk costs little then, and a slow server is never asked for more than a lease lasts.
CHUNK, LARGEST_CHUNK, CHUNK_SECONDS = 50, 250, 0.5
CHUNK_LEASE = timedelta(minutes=2)
# Longer than one mail can take: sixty seconds for each command, ten minutes for the last.
SENDING_LEASE = timedelta(minutes=15)
TROUBLES_TO_STOP = 3
PAUSE_SECONDS = 0.2

Row = TypeVar("Row", bound=Sending)


class Pump(Generic[Row]):
    """One run: its time, its bounds and what it has sent. Each queue says what its mails are."""

    # What is read of each row, where that is not all.
    columns: tuple[str, ...] = ()

    def __init__(
        self, *, at: datetime, limit: int, seconds: float, should_stop: Callable[[], bool]
    ) -> None:
        self.at, self.limit, self.seconds, self.should_stop = at, limit, seconds, should_stop
        self.begun = time.monotonic()
        self.chunk = CHUNK
        self.sent = self.touched = self.troubles = 0

    def queue(self) -> SendingQuerySet[Row]:
        """All rows of this queue."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> SendingQuerySet[Row]:
        """The same, made once: for what is done with every mail."""
        return self.queue()

    def write(self, row: Row) -> Letter:
        """The mail of one row."""
        raise NotImplementedError

    def may_take(self) -> bool:
        """Asked within the transaction that takes the next: what it locks holds until then."""
        return True

    def note(self, claim: uuid.UUID, at: datetime) -> None:
        """Done within the transaction that takes the next, with the claim that it gets."""

    def release(self, claim: uuid.UUID) -> None:
        """Whatever the claim still holds goes back to the queue."""
        self.queue().held(claim).mark_pending()

    def weed(self, claim: uuid.UUID, rows: list[Row]) -> list[Row]:
        """Which of the claimed are to be sent; what becomes of the others is settled here."""
        return rows

    def is_put_off(self, row: Row) -> bool:
        """Whether something was learnt that lets this one go back to the queue, unsent."""
        return False

    def learn(self, row: Row, verdict: Verdict, error: Exception) -> None:
        """What a refusal says beyond the one mail."""

    def now(self) -> datetime:
        """The caller's time, moved on by how long the run has lasted."""
        return self.at + timedelta(seconds=time.monotonic() - self.begun)

    def is_over(self) -> bool:
        """Whether to leave the rest to the next run."""
        return (
            self.troubles >= TROUBLES_TO_STOP
            or time.monotonic() - self.begun > self.seconds
            or self.should_stop()
        )

    def run(self) -> int:
        """Send until a bound is reached or nothing is due; says how many were sent."""
        with Wire() as wire:
            while self.touched < self.limit and not self.is_over():
                claim = uuid.uuid4()
                taken_at = time.monotonic()
                rows = self.take(claim, min(self.chunk, self.limit - self.touched))
                if not rows:
                    break
                self.touched += len(rows)
                try:
                    self.send_all(claim, self.weed(claim, rows), wire)
                finally:
                    self.release(claim)
                self.chunk = paced(len(rows), time.monotonic() - taken_at)
        return self.sent

    @transaction.atomic(durable=True)
    def take(self, claim: uuid.UUID, size: int) -> list[Row]:
        """Lease the mails that have been due for longest, passing over those of other runs."""
        now = self.now()
        if not self.may_take():
            return []
        due = self.queue().due(now).order_by("next_attempt_at", "pk")
        due = due.only(*self.columns) if self.columns else due
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:size])
        if rows:
            self.note(claim, now)
            chosen = self.rows.numbered([row.pk for row in rows])
            chosen.mark_claimed(claim=claim, lease_until=now + CHUNK_LEASE)
        return rows

    def send_all(self, claim: uuid.UUID, rows: list[Row], wire: Wire) -> None:
        """Send what was claimed; the commit that starts one mail finishes the one before."""
        accepted: int | None = None
        try:
            for row, letter in self.written(claim, rows):
                if self.is_put_off(row):
                    continue
                if self.is_over() or not self.is_connected(wire):
                    break
                is_mine = self.commit_start(row.pk, claim, accepted)
                accepted = None
                if is_mine and self.is_accepted(row, letter, claim, wire):
                    accepted = row.pk
        finally:
            if accepted is not None:
                self.queue().attempted(accepted, claim).mark_sent(at=self.now())

    def commit_start(self, pk: int, claim: uuid.UUID, accepted: int | None) -> bool:
        """Commit that this one is on its way and the accepted one was sent; False if it is lost."""
        at, rows = self.now(), self.rows
        if accepted is None:
            return rows.mark_attempted(pk=pk, claim=claim, at=at, lease=SENDING_LEASE)
        return rows.mark_sent_and_attempted(
            sent=accepted, pk=pk, claim=claim, at=at, lease=SENDING_LEASE
        )

    def written(self, claim: uuid.UUID, rows: list[Row]) -> list[tuple[Row, Letter]]:
        """The rows as letters, before any is on the wire; one that fails waits alone."""
        letters = []
        for row in rows:
            try:
                letters.append((row, self.write(row)))
            except Exception as error:  # noqa: BLE001  one mail's words must not stop the others
                logger.error("mail %s cannot be written: %s", row.pk, type(error).__name__)
                try_later(
                    self.queue().held(claim).filter(pk=row.pk),
                    tries=row.attempts + 1,
                    code=None,
                    error=described(error, row.address),
                    at=self.now(),
                )
        return letters

    def is_connected(self, wire: Wire) -> bool:
        """Without a mail server no mail is touched and no try is used up."""
        try:
            wire.open()
        except Exception as error:  # noqa: BLE001  any backend, any reason: the next run tries again
            logger.error("the mail server cannot be reached: %s", type(error).__name__)
            self.troubles = TROUBLES_TO_STOP
            return False
        return True

    def is_accepted(self, row: Row, letter: Letter, claim: uuid.UUID, wire: Wire) -> bool:
        """Hand one letter over; what is not accepted is settled here."""
        try:
            wire.carry(letter)
        except Exception as error:  # noqa: BLE001  whatever it is, this mail's state has to say so
            verdict = judge(error)
            logger.warning("mail %s: %s %s", row.pk, verdict.fate.name, verdict.code)
            mine = self.queue().attempted(row.pk, claim)
            settle(mine=mine, row=row, verdict=verdict, error=error, at=self.now())
            self.learn(row, verdict, error)
            if verdict.is_trouble:
                self.slow_down(wire)
            return False
        self.troubles = 0
        self.sent += 1
        return True

    def slow_down(self, wire: Wire) -> None:
        """Hang up and wait a little longer each time; after a few times end the run."""
        wire.hang_up()
        self.troubles += 1
        if not self.is_over():
            time.sleep(PAUSE_SECONDS * 2**self.troubles)


def paced(size: int, seconds: float) -> int:
    """How many to take next, after so many in so many seconds."""
    return max(CHUNK, min(LARGEST_CHUNK, int(size / max(seconds, 0.001) * CHUNK_SECONDS)))
