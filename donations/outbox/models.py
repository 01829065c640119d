"""Outgoing mail as rows with states."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import F, Q

# Written by hand because it runs once for every mail: composing it anew takes ten times as long
# as the database needs for it, fsync and all.
SENT_AND_ATTEMPTED = """
    UPDATE donations_message SET
        state = CASE id WHEN %(sent)s THEN 'sent' ELSE state END,
        sent_at = CASE id WHEN %(sent)s THEN %(at)s ELSE sent_at END,
        attempted_at = CASE id WHEN %(next)s THEN %(at)s ELSE attempted_at END,
        lease_until = CASE id WHEN %(next)s THEN %(lease_until)s ELSE lease_until END,
        attempts = attempts + CASE id WHEN %(next)s THEN 1 ELSE 0 END
    WHERE id IN (%(sent)s, %(next)s) AND claim = %(claim)s
        AND (id = %(sent)s) = (attempted_at IS NOT NULL)
"""


class MessageQuerySet(models.QuerySet["Message"]):
    """Filters, and the only doors through which a state changes."""

    def due(self, at: datetime) -> "MessageQuerySet":
        """Waiting, and its time has come."""
        return self.filter(state=Message.State.PENDING, next_attempt_at__lte=at)

    def expired(self, at: datetime) -> "MessageQuerySet":
        """Held by somebody who did not come back in time."""
        return self.filter(state=Message.State.CLAIMED, lease_until__lt=at)

    def held(self, claim: uuid.UUID) -> "MessageQuerySet":
        """Claimed by this run, and not yet on its way."""
        return self.filter(claim=claim, state=Message.State.CLAIMED, attempted_at=None)

    def attempted(self, pk: int, claim: uuid.UUID) -> "MessageQuerySet":
        """The message that this run had on the wire, also when its lease has run out since."""
        return self.filter(
            pk=pk,
            claim=claim,
            state__in=(Message.State.CLAIMED, Message.State.UNCERTAIN),
            attempted_at__isnull=False,
        )

    def uncertain_since(self, at: datetime) -> "MessageQuerySet":
        """Perhaps sent, and waited for long enough."""
        return self.filter(state=Message.State.UNCERTAIN, next_attempt_at__lte=at)

    def mark_claimed(self, *, claim: uuid.UUID, lease_until: datetime) -> int:
        """Take these for one run."""
        return self.update(state=Message.State.CLAIMED, claim=claim, lease_until=lease_until)

    def mark_pending(self, *, next_attempt_at: datetime | None = None, **changes: Any) -> int:
        """Back to the queue; without a time at the place where they were."""
        return self.update(
            state=Message.State.PENDING,
            next_attempt_at=next_attempt_at or F("next_attempt_at"),
            claim=None,
            lease_until=None,
            attempted_at=None,
            **changes,
        )

    def mark_attempted(self, *, pk: int, claim: uuid.UUID, at: datetime, lease: timedelta) -> bool:
        """Commit that this one goes on the wire now.

        False when the claim was taken away meanwhile: then it must not be sent.
        """
        mine = self.held(claim).filter(pk=pk)
        return bool(
            mine.update(attempted_at=at, lease_until=at + lease, attempts=F("attempts") + 1)
        )

    def mark_sent_and_attempted(
        self, *, sent: int, pk: int, claim: uuid.UUID, at: datetime, lease: timedelta
    ) -> bool:
        """Commit that one was sent and the next goes on the wire: one write for two marks."""
        values = {
            "sent": sent,
            "next": pk,
            "claim": Message.claim.field.get_db_prep_value(claim, connection),
            "at": connection.ops.adapt_datetimefield_value(at),
            "lease_until": connection.ops.adapt_datetimefield_value(at + lease),
        }
        with connection.cursor() as cursor:
            cursor.execute(SENT_AND_ATTEMPTED, values)
            changed = cursor.rowcount
        return changed == 2 or self.filter(pk=pk, claim=claim, attempted_at=at).exists()

    def mark_sent(self, *, at: datetime) -> int:
        """The other side has taken it."""
        return self.update(state=Message.State.SENT, sent_at=at, error="")

    def mark_uncertain(self, *, next_attempt_at: datetime, **changes: Any) -> int:
        """It was on the wire and nobody said whether it was taken."""
        return self.update(
            state=Message.State.UNCERTAIN, next_attempt_at=next_attempt_at, **changes
        )

    def mark_failed(self, **changes: Any) -> int:
        """It will not be tried again by itself."""
        return self.update(state=Message.State.FAILED, **changes)


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
    resends = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    smtp_code = models.PositiveIntegerField(null=True)
    error = models.TextField(blank=True)

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
        constraints = [
            models.CheckConstraint(
                name="message_waiting_is_nobodys",
                condition=~Q(state="pending") | Q(claim=None, attempted_at=None),
            ),
            models.CheckConstraint(
                name="message_claimed_has_a_lease",
                condition=~Q(state="claimed") | Q(claim__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="message_sent_has_a_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key
