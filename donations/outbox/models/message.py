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

    def mark_withdrawn(self) -> int:
        """Not to be sent, or sent again, any more; what is on the wire has left."""
        open_states = (SendingState.PENDING, SendingState.UNCERTAIN, SendingState.FAILED)
        claimed = Q(state=SendingState.CLAIMED, attempted_at=None)
        return self.filter(Q(state__in=open_states) | claimed).update(
            state=SendingState.WITHDRAWN, claim=None, lease_until=None
        )


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
        WEEKLY_DIGEST = "weekly_digest", "the week's figures, for a colleague"
        PROOF = "proof", "a broadcast, to look at before it is sent"
        INVITATION = "invitation", "an invitation to the newsroom's desk"
        SIGN_IN = "sign_in", "about one's own sign-in"
        SIGN_IN_CODE = "sign_in_code", "the code for signing in"
        SUPPORT_STOPPED = "support_stopped", "support was stopped by its supporter"
        RENEWAL_NOTICE = "renewal_notice", "a yearly payment is near"
        CARD_EXPIRES = "card_expires", "a card expires before the next payment"
        SUPPORT_CHANGED = "support_changed", "support was changed by its supporter"
        NEW_ADDRESS = "new_address", "a new address, to be confirmed there"
        ADDRESS_LEAVES = "address_leaves", "mail is to go to another address"
        ALARM = "alarm", "something is wrong, to colleagues"

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    to = models.EmailField(max_length=254)
    context = models.JSONField(default=dict)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="message_to", fields=["to", "-created_at"]),
            models.Index(
                name="message_due", fields=["next_attempt_at"], condition=Q(state="pending")
            ),
            models.Index(
                name="message_leased", fields=["lease_until"], condition=Q(state="claimed")
            ),
            models.Index(
                name="message_uncertain", fields=["next_attempt_at"], condition=Q(state="uncertain")
            ),
            models.Index(name="message_failed", fields=["-id"], condition=Q(state="failed")),
        ]
        constraints = honest_states("message")

    def __str__(self) -> str:
        return self.key

    @property
    def address(self) -> str:
        """Where it goes."""
        return self.to
