"""Mail to one person about one thing."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from donations.outbox.models.sending import Sending, SendingQuerySet, honest_states
from donations.outbox.models.sending import State as SendingState


class MessageQuerySet(SendingQuerySet["Message"]):
    """Filters, and the only doors through which a state changes."""

    def uncertain_since(self, at: datetime) -> "MessageQuerySet":
        """Perhaps sent, and waited for long enough."""
        return self.filter(state=SendingState.UNCERTAIN, next_attempt_at__lte=at)


class Message(Sending):
    """One e-mail to one address, queued in the same transaction as the thing it tells about."""

    State = SendingState

    class Kind(models.TextChoices):
        """Each has a folder of templates of the same name under templates/emails/."""

        THANKS = "thanks", "thank-you for one gift"
        THANKS_SUBSCRIPTION = "thanks_subscription", "thank-you for a first instalment"
        RECEIPT = "receipt", "receipt for a renewal"
        PAYMENT_FAILED = "payment_failed", "a payment failed"
        SUPPORT_ENDED = "support_ended", "support has ended"
        CONFIRM_TOPICS = "confirm_topics", "do you want news about topics?"
        CHOICES_LINK = "choices_link", "the link to one's own choices"
        SUGGESTION_TAKEN_UP = "suggestion_taken_up", "a suggestion became a topic"
        PROOF = "proof", "a broadcast, to look at before it is sent"

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    to = models.EmailField(max_length=254)
    context = models.JSONField(default=dict)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="message_due", fields=["next_attempt_at"], condition=Q(state="pending")
            ),
            models.Index(
                name="message_leased", fields=["lease_until"], condition=Q(state="claimed")
            ),
            models.Index(
                name="message_uncertain", fields=["next_attempt_at"], condition=Q(state="uncertain")
            ),
        ]
        constraints = honest_states("message")

    def __str__(self) -> str:
        return self.key

    @property
    def address(self) -> str:
        """Where it goes."""
        return self.to
