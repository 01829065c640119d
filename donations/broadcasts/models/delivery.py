"""One person that a broadcast goes to, or does not, and what became of it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from donations.broadcasts.models.broadcast import Broadcast
from donations.outbox.models import Sending, SendingQuerySet
from donations.outbox.models.sending import State as SendingState
from donations.outbox.models.sending import honest_states
from donations.sections.models import Section
from donations.supporters.models import Supporter


class DeliveryQuerySet(SendingQuerySet["Delivery"]):
    """Filters, and the only doors through which a state changes."""

    # Whoever leaves while the list is being sent gets nothing more, however late that is.
    WANTED = """
        NOT EXISTS (
            SELECT 1 FROM donations_suppression
            WHERE donations_suppression.email = donations_delivery.email
        ) AND EXISTS (
            SELECT 1 FROM donations_follow
            WHERE donations_follow.supporter_id = donations_delivery.supporter_id
                AND donations_follow.confirmed_at IS NOT NULL
                AND donations_follow.ended_at IS NULL
                AND (donations_delivery.section_id IS NULL
                    OR donations_follow.section_id IS NULL
                    OR donations_follow.section_id = donations_delivery.section_id)
        )
    """

    # A mailing is never sent again by itself, so what a crash of the database forgets is no harm:
    # it is uncertain then. Waiting for the disk would take as long as all the rest together.
    WRITTEN_LATER = True

    def recipients(self) -> "DeliveryQuerySet":
        """Everybody on the list who was not excluded when it was written."""
        return self.exclude(state=SendingState.EXCLUDED)

    def unsettled(self) -> "DeliveryQuerySet":
        """Still to be sent."""
        return self.filter(state__in=(SendingState.PENDING, SendingState.CLAIMED))

    def not_on_the_wire(self) -> "DeliveryQuerySet":
        """Waiting, or claimed and not begun."""
        return self.unsettled().filter(attempted_at=None)

    def unwanted(self) -> "DeliveryQuerySet":
        """Who must not get it any more."""
        return self.extra(where=[f"NOT ({self.WANTED})"])  # type: ignore[return-value]  # noqa: S610  ours

    def mark_unsubscribed(self, *, at: datetime) -> int:
        """Somebody used the link of this mail; the first time stands."""
        return self.filter(unsubscribed_at=None).update(unsubscribed_at=at)

    def mark_delivered(self, *, at: datetime) -> int:
        """The receiver's server took it; the first word stands."""
        return self.filter(delivered_at=None).update(delivered_at=at)

    def mark_bounced(self, *, at: datetime) -> int:
        """It came back; the first word stands."""
        return self.filter(bounced_at=None).update(bounced_at=at)

    def mark_complained(self, *, at: datetime) -> int:
        """Somebody called it spam; the first word stands."""
        return self.filter(complained_at=None).update(complained_at=at)

    def mark_withdrawn(self, *, reason: str) -> int:
        """No longer wanted; whoever holds a claim on it finds it gone."""
        return self.not_on_the_wire().update(
            state=SendingState.WITHDRAWN, reason=reason, claim=None, lease_until=None
        )


class Delivery(Sending):
    """One recipient of a broadcast, or one who was a candidate and excluded for `reason`.

    Address, name and language are as they were when the list was frozen. `section` is the one
    that has to be followed still when it is sent; None for any.
    """

    State = SendingState

    class Reason(models.TextChoices):
        """Why somebody who could have been a recipient is none, or none any more."""

        STOPPED = "stopped", "stopped this mail"
        UNCONFIRMED = "unconfirmed", "has not confirmed the address"
        BOUNCED = "bounced", "no mail arrives there"
        COMPLAINED = "complained", "reported our mail as spam"
        ASKED = "asked", "asked us not to write"

    # Found by the constraint's index; every index more is written three times for each mail.
    broadcast = models.ForeignKey(
        Broadcast, on_delete=models.CASCADE, db_index=False, related_name="deliveries"
    )
    supporter = models.ForeignKey(
        Supporter, on_delete=models.SET_NULL, null=True, related_name="deliveries"
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    # They follow every section: to them this is mail about new topics, whatever its section.
    asked_for_every = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    delivered_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["broadcast", "email"]),
            *honest_states("delivery"),
            models.CheckConstraint(
                name="delivery_left_out_for_a_reason",
                condition=~Q(state__in=("excluded", "withdrawn")) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                name="delivery_due",
                fields=["broadcast", "next_attempt_at", "id"],
                condition=Q(state="pending"),
            ),
            # Without the lease, so that beginning a mail writes no index.
            models.Index(
                name="delivery_claimed", fields=["broadcast"], condition=Q(state="claimed")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.broadcast_id}: {self.pk}"

    @property
    def list_section(self) -> Section | None:
        """What one click ends; None: all of it."""
        return None if self.asked_for_every else self.section

    @property
    def address(self) -> str:
        """Where it goes."""
        return self.email
