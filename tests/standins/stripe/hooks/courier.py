"""The background thread that posts events, so that an API call never waits for it."""

import heapq
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ..obj import Obj
from .manners import Manners
from .posting import Attempt, post

# Seconds before the second, third … try; after the last one the event stays undelivered.
RETRY_DELAYS = (0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(order=True)
class Job:
    """An event on its way; sorted by when it is due."""

    due: float
    order: float
    number: int
    event: Obj = field(compare=False)
    attempt: int = field(compare=False, default=1)
    copies: int = field(compare=False, default=1)


class Courier:
    def __init__(self, url: str | None, secret: str) -> None:
        self.url, self.secret = url, secret
        self.manners = Manners()
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.on_delivered: Callable[[str], None] = lambda event_id: None
        self._changed = threading.Condition()
        self._stopping = False
        self.clear()

    def clear(self) -> None:
        """Forget everything; an attempt already in the air is not recorded any more."""
        with self._changed:
            self._generation = object()
            self._jobs: list[Job] = []
            self.held: list[Obj] = []
            self.attempts: list[Attempt] = []
            self._in_flight = 0
            self._number = 0
            self._window_end = 0.0
            # Seeded, so that a test that needs disorder gets the same one each time.
            self._random = random.Random(7)
            self._changed.notify_all()

    def queue(self, event: Obj) -> None:
        with self._changed:
            if self.url is None or self.manners.drop:
                return
            if self.manners.hold:
                self.held.append(event)
                return
            self._push(event)

    def send(self, event: Obj) -> None:
        """Send even while events are held or dropped: somebody asked for this one."""
        with self._changed:
            if self.url is not None:
                self._push(event)

    def release(self) -> None:
        """Let go of what was held; new events are still held until the manner is off."""
        with self._changed:
            held, self.held = self.held, []
            for event in held:
                self._push(event)

    def _push(self, event: Obj) -> None:
        now, order = time.monotonic(), 0.0
        due = now + self.manners.late
        if self.manners.out_of_order:
            if self._window_end <= now:
                self._window_end = now + self.manners.window
            due, order = self._window_end + self.manners.late, self._random.random()
        self._number += 1
        copies = 2 if self.manners.twice else 1
        heapq.heappush(self._jobs, Job(due, order, self._number, event, copies=copies))
        self._changed.notify_all()

    @property
    def waiting(self) -> list[tuple[Obj, int]]:
        """Events to be sent, each with the number of its next attempt."""
        with self._changed:
            return [(job.event, job.attempt) for job in sorted(self._jobs)]

    def wait_idle(self, timeout: float = 5.0) -> bool:
        """Wait until nothing is queued or in the air; held events do not count."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._jobs and not self._in_flight, timeout)

    def start(self) -> None:
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="stripe-webhooks", daemon=True)
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

    def _take(self) -> tuple[Job, object] | None:
        with self._changed:
            while not self._stopping:
                wait = self._jobs[0].due - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    self._in_flight += 1
                    return heapq.heappop(self._jobs), self._generation
                self._changed.wait(wait)
            return None

    def _deliver(self, job: Job, generation: object) -> None:
        assert self.url is not None
        attempts = post(self.url, self.secret, job.event, job.attempt, copies=job.copies)
        with self._changed:
            if generation is not self._generation:
                return
            self.attempts.extend(attempts)
            delivered = all(attempt.ok for attempt in attempts)
            if not delivered and job.attempt <= len(self.retry_delays):
                job.due = time.monotonic() + self.retry_delays[job.attempt - 1]
                job.attempt += 1
                heapq.heappush(self._jobs, job)
        if delivered:
            self.on_delivered(job.event["id"])
        with self._changed:
            if generation is self._generation:
                self._in_flight -= 1
            self._changed.notify_all()
