"""The background thread that posts notifications, so that a request never waits for it."""

import heapq
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .manners import Manners
from .posting import TIMEOUT, Attempt, Parcel, post

Item = TypeVar("Item")

# Seconds before the second, third … try; after the last one it stays undelivered.
RETRY_DELAYS = (0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(order=True)
class Job(Generic[Item]):
    """Something on its way; sorted by when it is due."""

    due: float
    order: float
    number: int
    item: Item = field(compare=False)
    attempt: int = field(compare=False, default=1)
    copies: int = field(compare=False, default=1)


class Courier(Generic[Item]):
    """Subclasses say where an item goes and how it looks on the way."""

    def __init__(self) -> None:
        self.manners = Manners()
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.timeout = TIMEOUT
        self.on_delivered: Callable[[str], None] = lambda event_id: None
        self._changed = threading.Condition()
        self._stopping = False
        self.clear()

    def has_address(self, item: Item) -> bool:
        """Whether anybody wants to be told of it."""
        raise NotImplementedError

    def pack(self, item: Item) -> Parcel:
        """What goes over the wire; made anew for every attempt."""
        raise NotImplementedError

    def is_taken(self, attempt: Attempt) -> bool:
        """Whether the other side took it."""
        return attempt.ok

    def order(self, number: int) -> float | None:
        """Where the item stands among those of its window; None when there is no window."""
        return self._random.random() if self.manners.out_of_order else None

    def clear(self) -> None:
        """Forget everything; an attempt already in the air is not recorded any more."""
        with self._changed:
            self._generation = object()
            self._jobs: list[Job[Item]] = []
            self.held: list[Item] = []
            self.attempts: list[Attempt] = []
            self._in_flight = 0
            self._number = 0
            self._window_end = 0.0
            # Seeded, so that a test that needs disorder gets the same one each time.
            self._random = random.Random(7)
            self._changed.notify_all()

    def queue(self, item: Item) -> None:
        with self._changed:
            if self.manners.drop or not self.has_address(item):
                return
            if self.manners.hold:
                self.held.append(item)
                return
            self._push(item)

    def send(self, item: Item) -> None:
        """Send even while items are held or dropped: somebody asked for this one."""
        with self._changed:
            if self.has_address(item):
                self._push(item)

    def release(self) -> None:
        """Let go of what was held; new items are still held until the manner is off."""
        with self._changed:
            held, self.held = self.held, []
            for item in held:
                self._push(item)

    def _push(self, item: Item) -> None:
        now = time.monotonic()
        due = now + self.manners.late
        self._number += 1
        order = self.order(self._number)
        if order is not None:
            if self._window_end <= now:
                self._window_end = now + self.manners.window
            due = self._window_end + self.manners.late
        copies = 2 if self.manners.twice else 1
        heapq.heappush(self._jobs, Job(due, order or 0.0, self._number, item, copies=copies))
        self._changed.notify_all()

    @property
    def waiting(self) -> list[tuple[Item, int]]:
        """What is to be sent, each with the number of its next attempt."""
        with self._changed:
            return [(job.item, job.attempt) for job in sorted(self._jobs)]

    def wait_idle(self, timeout: float = 5.0) -> bool:
        """Wait until nothing is queued or in the air; what is held does not count."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._jobs and not self._in_flight, timeout)

    def start(self) -> None:
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            taken = self._take()
            if taken is None:
                return
            self._deliver(*taken)

    def _take(self) -> tuple[Job[Item], object] | None:
        with self._changed:
            while not self._stopping:
                wait = self._jobs[0].due - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    self._in_flight += 1
                    return heapq.heappop(self._jobs), self._generation
                self._changed.wait(wait)
            return None

    def _deliver(self, job: Job[Item], generation: object) -> None:
        parcel = self.pack(job.item)
        attempts = post(parcel, job.attempt, copies=job.copies, timeout=self.timeout)
        with self._changed:
            if generation is not self._generation:
                return
            self.attempts.extend(attempts)
            delivered = all(self.is_taken(attempt) for attempt in attempts)
            if not delivered and job.attempt <= len(self.retry_delays):
                job.due = time.monotonic() + self.retry_delays[job.attempt - 1]
                job.attempt += 1
                heapq.heappush(self._jobs, job)
        if delivered:
            self.on_delivered(parcel.event_id)
        with self._changed:
            if generation is self._generation:
                self._in_flight -= 1
            self._changed.notify_all()
