"""What colleagues keep of the lists: views that they come back to, and files to take away."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from donations.supporters.models import User


class Room(models.TextChoices):
    """Which list."""

    SUPPORTERS = "supporters", "Supporters"
    DONATIONS = "donations", "Donations"


class SavedView(models.Model):
    """A list as a colleague wants to see it again: the query of its address, under a name."""

    owner = models.ForeignKey("donations.User", on_delete=models.CASCADE, related_name="+")
    room = models.CharField(max_length=10, choices=Room)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    # Their colleagues see it too; only its owner changes it.
    is_shared = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="view_named_once", fields=["owner", "room", "name"])
        ]

    def __str__(self) -> str:
        return self.name

    def mark_renamed(self, *, name: str, is_shared: bool, at: datetime) -> None:
        """Under another name, or for other eyes."""
        self.name, self.is_shared, self.changed_at = name, is_shared, at
        self.save(update_fields=["name", "is_shared", "changed_at"])


class ExportQuerySet(models.QuerySet["Export"]):
    """Which files, and the only doors through which their state changes.

    Each door is one conditional UPDATE, so that of two workers, or a worker and a person, one wins.
    """

    def unfinished(self) -> Self:
        """A worker has them, or will have them soon."""
        return self.filter(state__in=(Export.State.NEW, Export.State.RUNNING))

    def due(self, at: datetime) -> Self:
        """Those that wait for a worker, or have lost theirs."""
        lost = Q(state=Export.State.RUNNING, leased_until__lte=at)
        return self.filter(Q(state=Export.State.NEW) | lost)

    def alive(self, at: datetime) -> Self:
        """Those that a worker is writing."""
        return self.filter(state=Export.State.RUNNING, leased_until__gt=at)

    def held(self, claim: UUID) -> Self:
        """Those that are still this worker's."""
        return self.filter(claim=claim, state=Export.State.RUNNING)

    def mark_taken(self, *, claim: UUID, at: datetime, lease: timedelta) -> int:
        """A worker begins, from the beginning."""
        return self.due(at).update(
            state=Export.State.RUNNING,
            claim=claim,
            leased_until=at + lease,
            tries=models.F("tries") + 1,
            done=0,
        )

    def mark_going_on(self, *, done: int, at: datetime, lease: timedelta) -> int:
        """So many rows are written; the worker lives."""
        return self.update(done=done, leased_until=at + lease)

    def mark_counted(self, *, total: int) -> int:
        """How many rows there are."""
        return self.update(total=total)

    def mark_done(self, *, rows: int, size: int, at: datetime) -> int:
        """Every piece is there."""
        return self.update(
            state=Export.State.DONE, done=rows, total=rows, size=size, finished_at=at, claim=None
        )

    def mark_failed(self, *, at: datetime) -> int:
        """Nothing can be taken away."""
        return self.update(state=Export.State.FAILED, finished_at=at, claim=None)

    def mark_canceled(self, *, at: datetime) -> int:
        """Whoever asked for it does not want it any more."""
        return self.unfinished().update(state=Export.State.CANCELED, finished_at=at, claim=None)

    def mark_expired(self) -> int:
        """It was there long enough; what was searched for is forgotten with it."""
        return self.update(state=Export.State.EXPIRED, query="")


class Export(models.Model):
    """A list as a file, written by a worker and kept for a few days.

    `query` is that of the list's address, so the file has the rows, the order and the columns that
    were on the page. Its pieces count only once the state is done.
    """

    class State(models.TextChoices):
        """New waits for a worker; a file can be fetched when it is done, until it expires."""

        NEW = "new", "waiting"
        RUNNING = "running", "being written"
        DONE = "done", "ready"
        FAILED = "failed", "failed"
        CANCELED = "canceled", "stopped"
        EXPIRED = "expired", "deleted"

    class Format(models.TextChoices):
        """What opens it."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"

    by = models.ForeignKey("donations.User", on_delete=models.CASCADE, related_name="+")
    room = models.CharField(max_length=10, choices=Room)
    query = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64)
    format = models.CharField(max_length=4, choices=Format)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    size = models.PositiveBigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            # A double click is one file.
            models.UniqueConstraint(
                name="export_asked_once",
                fields=["by", "fingerprint"],
                condition=Q(state__in=("new", "running")),
            )
        ]
        indexes = [
            models.Index(
                name="export_unfinished",
                fields=["asked_at"],
                condition=Q(state__in=("new", "running")),
            ),
            models.Index(fields=["by", "-asked_at"], name="export_of_colleague"),
        ]

    def __str__(self) -> str:
        return f"{self.room}.{self.format}"

    @property
    def is_moving(self) -> bool:
        """Whether a page about it should look again."""
        return self.state in (self.State.NEW, self.State.RUNNING)

    def is_of(self, user: User) -> bool:
        """Whether they asked for it."""
        return self.by_id == user.pk


class ExportPart(models.Model):
    """A piece of a file, of the attempt that wrote it."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    claim = models.UUIDField()
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="export_part_once", fields=["export", "claim", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.export_id}:{self.number}"
