"""What a mail provider, or a bounce in our own mailbox, told about a mail."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class MailEventQuerySet(models.QuerySet["MailEvent"]):
    """Filters, and the only door through which a report is done with."""

    def waiting(self) -> "MailEventQuerySet":
        """Those that were not acted on yet."""
        return self.filter(processed_at=None)

    def about(self, address: str) -> "MailEventQuerySet":
        """What became of the mails to this address."""
        return self.filter(email=address.lower()).exclude(mail="")

    def mark_of(self, *, mail: str, email: str) -> int:
        """It is known by now which mail this is about."""
        return self.update(mail=mail, email=email.lower())

    def mark_processed(self, *, at: datetime) -> int:
        """Acted on, or known to ask for nothing."""
        return self.waiting().update(processed_at=at)


class MailEvent(models.Model):
    """One report, stored before it is acted on; unique by the provider's id of it.

    `mail` is the mark of the mail it is about ("delivery:77"), blank until that is known.
    """

    class Kind(models.TextChoices):
        """Ours; a bounce says that the address is dead, a refusal only that this mail was."""

        DELIVERED = "delivered", "delivered"
        BOUNCED = "bounced", "no such address"
        REFUSED = "refused", "not taken"
        DEFERRED = "deferred", "not taken yet"
        COMPLAINED = "complained", "reported as spam"
        UNSUBSCRIBED = "unsubscribed", "unsubscribed at the provider"
        OTHER = "other", "something else"

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=Kind)
    mail = models.CharField(max_length=40, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    email = models.CharField(max_length=254, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    raw = models.TextField(blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    objects = MailEventQuerySet.as_manager()

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
