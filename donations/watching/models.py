"""When each part last ran, and what has been wrong since when."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class Heartbeat(models.Model):
    """A task that runs by the clock, or a queue that somebody reads ("queue:broadcasts").

    Without it a beat that died looks like a quiet day.
    """

    name = models.CharField(max_length=60, unique=True)
    first_at = models.DateTimeField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def has_failed(self) -> bool:
        """Its last run that came to an end went wrong."""
        return self.failed_at is not None and (
            self.ended_at is None or self.failed_at > self.ended_at
        )


class Alarm(models.Model):
    """Something that is wrong, or was. `kind` may name its subject: "provider_silent:stripe"."""

    kind = models.CharField(max_length=80)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="alarm_open_once", fields=["kind"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.kind

    def mark_told(self, *, at: datetime) -> None:
        """Colleagues were written to."""
        self.told_at = at
        self.save(update_fields=["told_at"])
