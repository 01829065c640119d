"""Outgoing mail as rows with states."""

import uuid

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One e-mail to one address, queued in the same transaction as the thing it tells about.

    A claim is a lease: whoever holds `claim` may send until `lease_until` (UTC). A lease that ran
    out before `attempted_at` was never on the wire; after it, the message is uncertain.
    """

    class State(models.TextChoices):
        """Where the message is on its way."""

        PENDING = "pending", "waiting"
        CLAIMED = "claimed", "being sent"
        SENT = "sent", "sent"
        UNCERTAIN = "uncertain", "perhaps sent"
        FAILED = "failed", "refused"

    class Kind(models.TextChoices):
        """Each has a folder of templates of the same name under templates/emails/."""

        THANKS = "thanks", "thank-you for one gift"
        THANKS_SUBSCRIPTION = "thanks_subscription", "thank-you for a first instalment"
        RECEIPT = "receipt", "receipt for a renewal"
        PAYMENT_FAILED = "payment_failed", "a payment failed"
        SUPPORT_ENDED = "support_ended", "support has ended"

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=8)
    context = models.JSONField(default=dict)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    smtp_code = models.PositiveIntegerField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="message_due", fields=["next_attempt_at"], condition=Q(state="pending")
            ),
            models.Index(
                name="message_leased", fields=["lease_until"], condition=Q(state="claimed")
            ),
        ]

    def __str__(self) -> str:
        return self.key
