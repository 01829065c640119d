"""What is left of an erasure: when, by whom, and whether the providers have done their part."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

LONGEST_WAIT = timedelta(hours=6)


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Which erasures."""

    def due(self, *, at: datetime) -> Self:
        """A provider has still to be asked, and it is time."""
        return self.filter(done_at=None, next_attempt_at__lte=at)


class Erasure(models.Model):
    """A person who was erased. `customers` are those whom providers have yet to forget.

    They are [gateway, ref], and gone from here once that is done.
    """

    # The number that their record had: it says nothing any more, and is in the history.
    record = models.PositiveBigIntegerField()
    # None when it was the supporter's own wish, on their own page.
    by = models.ForeignKey("donations.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    customers = models.JSONField(default=list)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="erasure_due",
                fields=["next_attempt_at"],
                condition=models.Q(done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"

    def mark_forgotten(self, *, left: list[list[str]], at: datetime) -> None:
        """What providers have done; the rest is asked for again, each time a little later."""
        self.customers, self.attempts = left, self.attempts + 1
        self.done_at = None if left else at
        wait = min(timedelta(minutes=1) * 2 ** min(self.attempts, 12), LONGEST_WAIT)
        self.next_attempt_at = at + wait
        self.save(update_fields=["customers", "attempts", "done_at", "next_attempt_at"])
