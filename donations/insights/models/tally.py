"""Who counts, and how far counting has come."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class Tally(models.Model):
    """One row. Whoever counts holds its lock, so nobody writes a total over a newer one.

    Payments never touch it. `counted_at`: every mark that was left before is counted. `zone` is
    the time zone of the days; another one in the settings needs `rebuild_totals`.
    """

    counted_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="tally_is_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"counted {self.counted_at}"

    def mark_counted(self, *, at: datetime, zone: str) -> None:
        """Nothing waits that was left before this moment."""
        self.counted_at, self.zone = at, zone
        self.save(update_fields=["counted_at", "zone"])
