"""What is wrong now. Every question is answered by an index, however much there is."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from donations.gateways.registry import in_use
from donations.outbox import queries as outbox
from donations.reconciliation.models import Comparison, DayComparison
from donations.watching.beating import QUEUE
from donations.watching.models import Heartbeat
from donations.watching.rhythm import LOOKED_AT, usual_silence
from donations.webhooks import queries as webhooks
from donations.webhooks.models import InboundEvent

# A pulse goes through each queue every minute.
PULSE_IS_LATE = timedelta(minutes=5)
# The sweeper looks four times a minute.
MAIL_IS_LATE = timedelta(minutes=10)
DIFFERENCE_IS_OLD = timedelta(days=1)
# How long ago each task may have run at most.
TASKS: Mapping[str, timedelta] = {
    "sweep": timedelta(minutes=5),
    "watch": timedelta(minutes=10),
    "poll_feeds": timedelta(minutes=15),
    "read_bounces": timedelta(minutes=20),
    "send_digest": timedelta(hours=1),
    "reconcile": timedelta(hours=26),
    "write_notices": timedelta(hours=26),
}
LEAST_DISK = 500_000_000


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something that is wrong: what, about which part, since when."""

    what: str
    about: str = ""
    since: datetime | None = None

    @property
    def kind(self) -> str:
        """Its name as long as it lasts."""
        return f"{self.what}:{self.about}" if self.about else self.what


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A gateway: when it was last heard of, and how long a silence is usual."""

    gateway: str
    last: datetime | None
    usual: timedelta

    def is_silent(self, at: datetime) -> bool:
        """For longer than it ever is. One that never spoke is new, not silent."""
        return self.last is not None and at - self.last > self.usual


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A task or a queue: when it last ran through, and whether that is too long ago."""

    name: str
    last: datetime | None
    is_late: bool
    error: str = ""


def heard() -> list[Heard]:
    """Each gateway that may speak to us."""
    found = []
    for gateway in in_use():
        times = webhooks.latest_sent(gateway, limit=LOOKED_AT)
        last = times[0] if times else None
        found.append(Heard(gateway=gateway, last=last, usual=usual_silence(times)))
    return found


def queue_names() -> list[str]:
    """The queues of this installation."""
    return [queue.name for queue in settings.CELERY_TASK_QUEUES]


def task_names() -> list[str]:
    """What runs by the clock here."""
    planned = {entry["task"].rpartition(".")[2] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    return [name for name in TASKS if name in planned]


def ran(*, at: datetime) -> tuple[list[Ran], list[Ran]]:
    """The queues, and the tasks."""
    rows = {row.name: row for row in Heartbeat.objects.all()}
    began = min((row.first_at for row in rows.values()), default=None)
    queues = [
        look(rows.get(QUEUE + name), name, PULSE_IS_LATE, began=None, at=at)
        for name in queue_names()
    ]
    tasks = [look(rows.get(name), name, TASKS[name], began=began, at=at) for name in task_names()]
    return queues, tasks


def look(
    row: Heartbeat | None, name: str, longest: timedelta, *, began: datetime | None, at: datetime
) -> Ran:
    """Whether it ran lately. What never ran is late once the first thing ran so long ago.

    A queue that nobody ever read is late at once: `began` is None for it.
    """
    if row is None or row.ended_at is None:
        since = row.first_at if row else began
        is_late = since is None or at - since > longest
        return Ran(name=name, last=None, is_late=is_late, error=row.error if row else "")
    error = row.error if row.has_failed else ""
    return Ran(name=name, last=row.ended_at, is_late=at - row.ended_at > longest, error=error)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """How each part stands, asked once."""

    queues: list[Ran]
    tasks: list[Ran]
    heard: list[Heard]
    oldest_mail: datetime | None


def parts(*, at: datetime) -> Parts:
    """All of them."""
    queues, tasks = ran(at=at)
    return Parts(queues=queues, tasks=tasks, heard=heard(), oldest_mail=outbox.oldest_due(at=at))


def troubles(found: Parts, *, at: datetime) -> list[Trouble]:
    """Everything that somebody has to do something about, the worst first."""
    return [
        *silent_machines(found),
        *silent_providers(found.heard, at),
        *stuck_events(),
        *late_mail(found.oldest_mail, at),
        *old_differences(at),
        *full_disk(),
    ]


def silent_machines(found: Parts) -> Iterator[Trouble]:
    """Queues that nobody reads, tasks that do not run or went wrong."""
    if found.queues and all(queue.is_late for queue in found.queues):
        lasts = [queue.last for queue in found.queues if queue.last]
        yield Trouble(what="nothing_runs", since=max(lasts, default=None))
        return
    for queue in found.queues:
        if queue.is_late:
            yield Trouble(what="queue_unread", about=queue.name, since=queue.last)
    for task in found.tasks:
        if task.error:
            yield Trouble(what="task_failed", about=task.name, since=task.last)
        elif task.is_late:
            yield Trouble(what="task_late", about=task.name, since=task.last)


def silent_providers(found: list[Heard], at: datetime) -> Iterator[Trouble]:
    """Those that have not been heard of for longer than usual."""
    for each in found:
        if each.is_silent(at):
            yield Trouble(what="provider_silent", about=each.gateway, since=each.last)


def stuck_events() -> Iterator[Trouble]:
    """Notifications that are tried no more."""
    stuck = InboundEvent.objects.filter(state=InboundEvent.State.STUCK)
    if first := stuck.aggregate(first=Min("received_at"))["first"]:
        yield Trouble(what="events_stuck", since=first)


def late_mail(oldest: datetime | None, at: datetime) -> Iterator[Trouble]:
    """Receipts that should have left."""
    if oldest and at - oldest > MAIL_IS_LATE:
        yield Trouble(what="mail_late", since=oldest)


def old_differences(at: datetime) -> Iterator[Trouble]:
    """Days that have differed from the provider's for longer than a late notification takes."""
    wrong = DayComparison.objects.wrong().filter(wrong_since__lte=at - DIFFERENCE_IS_OLD)
    if first := wrong.aggregate(first=Min("wrong_since"))["first"]:
        yield Trouble(what="differences", since=first)
    last = Comparison.objects.filter(ended_at__isnull=False).order_by("-asked_at").first()
    if last and last.error:
        yield Trouble(what="not_compared", since=last.ended_at)


def full_disk() -> Iterator[Trouble]:
    """Where the database, uploads and logs of a small installation are."""
    if (free := free_disk()) is not None and free < LEAST_DISK:
        yield Trouble(what="disk_full")


def free_disk() -> int | None:
    """In octets; None where there is no such place."""
    try:
        return shutil.disk_usage(settings.VAR_DIR).free
    except OSError:
        return None
