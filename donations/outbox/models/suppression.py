"""Addresses that must not be written to."""

from django.db import models


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Filters."""

    def of_everything(self) -> "SuppressionQuerySet":
        """Those that stop receipts too: nothing arrives there."""
        return self.filter(reason=Suppression.Reason.BOUNCED)


class Suppression(models.Model):
    """An address, and why it is left alone.

    A dead address gets nothing at all. A complaint stops mail to many, not receipts.
    `source` says where it was learnt: "smtp", "mailgun", "bounce mail", "staff".
    """

    class Reason(models.TextChoices):
        """Why."""

        BOUNCED = "bounced", "no mail arrives there"
        COMPLAINED = "complained", "reported as spam"
        ASKED = "asked", "asked us not to write"

    email = models.EmailField(max_length=254)
    reason = models.CharField(max_length=10, choices=Reason)
    source = models.CharField(max_length=100)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="suppressed_once", fields=["email", "reason"]),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.reason}"
