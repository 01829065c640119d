"""The loop that empties the queue: claim, commit the attempt, send, commit the outcome.

Killed anywhere, it leaves at most one message of which nobody knows whether it was sent.
"""

import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from donations.outbox.letters import Letter, write
from donations.outbox.models import Message
from donations.outbox.settling import described, settle, try_later
from donations.outbox.verdicts import judge
from donations.outbox.wire import Wire
from donations.outlet import queries as outlet

logger = logging.getLogger(__name__)

CHUNK = 50
CHUNK_LEASE = timedelta(minutes=2)
# Longer than one message can take: sixty seconds for each command, ten minutes for the last.
SENDING_LEASE = timedelta(minutes=15)
TROUBLES_TO_STOP = 3
PAUSE_SECONDS = 0.2


class Pump:
    """One run: its time, its bounds and what it has sent."""

    def __init__(
        self, *, at: datetime, limit: int, seconds: float, should_stop: Callable[[], bool]
    ) -> None:
        self.at, self.limit, self.seconds, self.should_stop = at, limit, seconds, should_stop
        self.begun = time.monotonic()
        self.sent = self.touched = self.troubles = 0

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
                messages = self.take(claim, min(CHUNK, self.limit - self.touched))
                if not messages:
                    break
                self.touched += len(messages)
                try:
                    self.send_all(claim, messages, wire)
                finally:
                    Message.objects.held(claim).mark_pending()
        return self.sent

    @transaction.atomic(durable=True)
    def take(self, claim: uuid.UUID, size: int) -> list[Message]:
        """Lease the messages that have been due for longest, passing over those of other runs."""
        now = self.now()
        due = Message.objects.due(now).order_by("next_attempt_at", "pk")
        messages = list(due.select_for_update(skip_locked=True, of=("self",))[:size])
        if messages:
            chosen = Message.objects.filter(pk__in=[message.pk for message in messages])
            chosen.mark_claimed(claim=claim, lease_until=now + CHUNK_LEASE)
        return messages

    def send_all(self, claim: uuid.UUID, messages: list[Message], wire: Wire) -> None:
        """Send what was claimed; the commit that starts one message finishes the one before."""
        accepted: int | None = None
        try:
            for message, letter in self.written(claim, messages):
                if self.is_over() or not self.is_connected(wire):
                    break
                is_mine = self.commit_start(message.pk, claim, accepted)
                accepted = None
                if is_mine and self.is_accepted(message, letter, claim, wire):
                    accepted = message.pk
        finally:
            if accepted is not None:
                Message.objects.attempted(accepted, claim).mark_sent(at=self.now())

    def commit_start(self, pk: int, claim: uuid.UUID, accepted: int | None) -> bool:
        """Commit that this one is on its way and the accepted one was sent; False if it is lost."""
        at = self.now()
        if accepted is None:
            return Message.objects.mark_attempted(pk=pk, claim=claim, at=at, lease=SENDING_LEASE)
        return Message.objects.mark_sent_and_attempted(
            sent=accepted, pk=pk, claim=claim, at=at, lease=SENDING_LEASE
        )

    def written(self, claim: uuid.UUID, messages: list[Message]) -> list[tuple[Message, Letter]]:
        """The messages as letters, before any is on the wire; one that fails waits alone."""
        newsroom = outlet.current()
        letters = []
        for message in messages:
            try:
                letter = write(message=message, outlet=newsroom, at=self.now())
                letters.append((message, letter))
            except Exception as error:  # noqa: BLE001  one message's words must not stop the others
                logger.error("message %s cannot be written: %s", message.pk, type(error).__name__)
                try_later(
                    Message.objects.held(claim).filter(pk=message.pk),
                    tries=message.attempts + 1,
                    code=None,
                    error=described(error, message.to),
                    at=self.now(),
                )
        return letters

    def is_connected(self, wire: Wire) -> bool:
        """Without a mail server no message is touched and no try is used up."""
        try:
            wire.open()
        except Exception as error:  # noqa: BLE001  any backend, any reason: the next run tries again
            logger.error("the mail server cannot be reached: %s", type(error).__name__)
            self.troubles = TROUBLES_TO_STOP
            return False
        return True

    def is_accepted(self, message: Message, letter: Letter, claim: uuid.UUID, wire: Wire) -> bool:
        """Hand one letter over; what is not accepted is settled here."""
        try:
            wire.carry(letter)
        except Exception as error:  # noqa: BLE001  whatever it is, this message's state has to say so
            verdict = judge(error)
            logger.warning("message %s: %s %s", message.pk, verdict.fate.name, verdict.code)
            settle(message=message, claim=claim, verdict=verdict, error=error, at=self.now())
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
