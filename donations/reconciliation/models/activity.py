"""Activity files that staff hand in."""

from datetime import datetime
from typing import Any, Self

from django.db import models


class ActivityFileQuerySet(models.QuerySet["ActivityFile"]):
    """Which files."""

    def waiting(self) -> Self:
        """A person has something to do with them."""
        return self.filter(state__in=(ActivityFile.State.ASKING, ActivityFile.State.READY))


class ActivityFile(models.Model):
    """An upload on its way into the books: looked into, asked about, previewed, imported.

    `answers`, `survey` and `report` are JSON of the dataclasses of the same names.
    """

    class State(models.TextChoices):
        """Asking and ready wait for a person; new and confirmed for a worker."""

        NEW = "new", "being looked into"
        ASKING = "asking", "has questions"
        READY = "ready", "ready to be imported"
        CONFIRMED = "confirmed", "waiting to be imported"
        RUNNING = "running", "being imported"
        DONE = "done", "imported"
        REFUSED = "refused", "refused"
        DISCARDED = "discarded", "thrown away"

    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    header_digest = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    answers = models.JSONField(default=dict)
    # What was answered about earlier files of the same kind is not to be used for this one.
    is_asked_anew = models.BooleanField(default=False)
    survey = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        "donations.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = ActivityFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """A worker has it, or will have it soon."""
        return self.state in (self.State.NEW, self.State.CONFIRMED, self.State.RUNNING)

    @property
    def is_answered(self) -> bool:
        """Whether a person's answers have a part in how it is read."""
        return any(answer not in (None, "", {}) for answer in self.answers.values())

    def mark(self, state: "ActivityFile.State", *, at: datetime, **fields: Any) -> None:
        """The next state, with what was found out on the way to it."""
        self.state, self.changed_at = state, at
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "changed_at", *fields])


class ActivityFilePart(models.Model):
    """A piece of an upload, until the file is done with."""

    file = models.ForeignKey(ActivityFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="activity_part_once", fields=["file", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.number}"
