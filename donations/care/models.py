"""What colleagues wrote down about a supporter, and which records they made one."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from donations.supporters.models import Supporter, User


class Note(models.Model):
    """What a colleague wrote down about a supporter. Never edited: withdrawn, it is still there."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_email = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"note {self.pk}"

    def mark_withdrawn(self, *, at: datetime) -> bool:
        """It does not count any more; False when it did not before."""
        if not Note.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=at):
            return False
        self.withdrawn_at = at
        return True


class Merge(models.Model):
    """Two records of one person that became one. `moved` is what to put back where."""

    kept = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="merges")
    other = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="merged_away")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="merged_once", fields=["other"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                name="merged_into_another", condition=~Q(kept=models.F("other"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} into {self.kept_id}"

    def mark_undone(self, *, by: User | None, at: datetime) -> None:
        """They are two again."""
        self.undone_by, self.undone_at = by, at
        self.save(update_fields=["undone_by", "undone_at"])


class Errand(models.Model):
    """A form that was carried out: sent twice, by a double click say, it counts once."""

    token = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.token
