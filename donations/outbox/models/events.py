"""What a mail provider, or a bounce in our own mailbox, told about a mail."""

from django.db import models
from django.db.models import Q


class MailEvent(models.Model):
    """One report, stored before it is acted on; unique by the provider's id of it."""

    class Kind(models.TextChoices):
        """Ours; anymail has translated the provider's words already."""

        DELIVERED = "delivered", "delivered"
        BOUNCED = "bounced", "bounced for good"
        DEFERRED = "deferred", "bounced for now"
        COMPLAINED = "complained", "reported as spam"
        UNSUBSCRIBED = "unsubscribed", "unsubscribed at the provider"
        OTHER = "other", "something else"

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=Kind)
    message_id = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    raw = models.TextField(blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mail_event_once", fields=["provider", "event_id"]),
        ]
        indexes = [
            models.Index(
                name="mail_event_waiting", fields=["id"], condition=Q(processed_at__isnull=True)
            ),
            models.Index(name="mail_event_of_address", fields=["email", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.provider}:{self.event_id}"
