"""Notifications exactly as they came."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import connection, models
from django.db.models import F, Q

from donations.gateways.events import payment_of

# So often, with its waits, that more than a minute went by: a fact that comes too early is no
# trouble, and waits shorter.
OFTEN = 7

INSERT_ONCE = """
    INSERT INTO donations_inboundevent
        (gateway, event_id, kind, body, state, error, received_at, next_attempt_at, confirmed_at,
         was_sent, facts, attempts)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '[]', 0)
    ON CONFLICT (gateway, event_id) DO NOTHING
"""


class InboundEventQuerySet(models.QuerySet["InboundEvent"]):
    """Which events."""

    def due(self, *, at: datetime) -> Self:
        """Waiting, and their time has come."""
        return self.filter(state=InboundEvent.State.PENDING, next_attempt_at__lte=at)

    def in_trouble(self) -> Self:
        """Staff have to look, or it was tried often enough that they may want to."""
        often = Q(state=InboundEvent.State.PENDING, attempts__gte=OFTEN)
        return self.filter(often | Q(state=InboundEvent.State.STUCK))

    def not_for_us(self) -> Self:
        """Set aside at the door, unread: of another mode or version. Never to be understood."""
        return self.filter(state=InboundEvent.State.PARKED, attempts=0)

    def insert_once(
        self,
        *,
        gateway: str,
        event_id: str,
        kind: str,
        body: bytes,
        state: "InboundEvent.State",
        error: str,
        at: datetime,
        is_confirmed: bool = True,
        was_sent: bool = True,
    ) -> bool:
        """Store an event; False when it is stored already.

        One statement and no transaction around it. The ORM can ignore a conflict only within
        BEGIN and COMMIT, two more round trips while a provider waits.
        """
        moment = connection.ops.adapt_datetimefield_value(at)
        confirmed = moment if is_confirmed else None
        told = (gateway, event_id, kind, body, str(state), error)
        values = (*told, moment, moment, confirmed, was_sent)
        with connection.cursor() as cursor:
            cursor.execute(INSERT_ONCE, values)
            return bool(cursor.rowcount)

    def reconsider(self, *, gateway: str, event_id: str, at: datetime) -> bool:
        """The same message came again after its provider had disowned it: ask once more."""
        rejected = self.filter(
            gateway=gateway, event_id=event_id, state=InboundEvent.State.REJECTED
        )
        return bool(
            rejected.update(state=InboundEvent.State.PENDING, next_attempt_at=at, attempts=0)
        )

    def claim(self, *, event_id: int, at: datetime, lease: timedelta) -> "InboundEvent | None":
        """Take an event for the length of a lease; None when it is done or somebody else's.

        A worker that dies leaves the event due again when the lease is over.
        """
        taken = (
            self.due(at=at)
            .filter(pk=event_id)
            .update(next_attempt_at=at + lease, attempts=F("attempts") + 1)
        )
        return self.get(pk=event_id) if taken else None


class InboundEvent(models.Model):
    """A webhook or notification, unique by the provider's event id.

    `facts` is what it was understood to say, so that the books can be proved without the network.
    """

    class State(models.TextChoices):
        """Parked: not for us (wrong mode, version or account). Stuck: staff have to look.

        Rejected: the provider never sent it.
        """

        PENDING = "pending", "waiting"
        DONE = "done", "done"
        PARKED = "parked", "set aside"
        REJECTED = "rejected", "not from the provider"
        STUCK = "stuck", "needs attention"

    gateway = models.CharField(max_length=20)
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=100)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    facts = models.JSONField(default=list)
    # The provider's name of the payment that the facts are about; blank when about none.
    about = models.CharField(max_length=255, blank=True, db_default="")
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)
    received_at = models.DateTimeField()
    # When it was sure that the provider sent it: at once by a signature, else by asking it.
    confirmed_at = models.DateTimeField(null=True)
    processed_at = models.DateTimeField(null=True)
    # By itself; not found in a listing of the provider's, or in a file.
    was_sent = models.BooleanField(default=True, db_default=True)

    objects = InboundEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_stored_once", fields=["gateway", "event_id"])
        ]
        indexes = [
            models.Index(
                name="event_due", fields=["next_attempt_at"], condition=Q(state="pending")
            ),
            models.Index(name="event_latest", fields=["gateway", "was_sent", "-received_at"]),
            models.Index(name="event_about", fields=["about"], condition=~Q(about="")),
            models.Index(
                name="event_not_done",
                fields=["state", "received_at"],
                condition=~Q(state="done"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.event_id}"

    def mark_confirmed(self, *, at: datetime) -> None:
        """The provider says that it sent this."""
        self.confirmed_at = at
        self.save(update_fields=["confirmed_at"])

    def mark_done(self, *, facts: list[dict[str, Any]], at: datetime) -> None:
        """Understood, and recorded in the same transaction."""
        self.state, self.facts, self.processed_at, self.error = self.State.DONE, facts, at, ""
        self.about = payment_of(facts)
        self.save(update_fields=["state", "facts", "about", "processed_at", "error"])

    def mark_impersonal(self, *, body: bytes) -> None:
        """Whom it was about has been erased; what it says of money stays."""
        self.body = body
        self.save(update_fields=["body"])

    def mark_waiting(self, *, error: str, until: datetime) -> None:
        """Not yet: the provider cannot be asked, or something else has to be told first."""
        self._while_ours(error=error, next_attempt_at=until)

    def mark_stuck(self, *, error: str) -> None:
        """Staff have to look; `replay_events --failed` tries again."""
        self._while_ours(error=error, state=self.State.STUCK)

    def mark_parked(self, *, error: str) -> None:
        """Not ours after all."""
        self._while_ours(error=error, state=self.State.PARKED)

    def mark_rejected(self, *, error: str) -> None:
        """The provider says that it never sent this; kept for staff to see."""
        self._while_ours(error=error, state=self.State.REJECTED)

    def _while_ours(self, **fields: Any) -> None:
        """A worker whose lease ran out says nothing about what another has done since."""
        claimed = InboundEvent.objects.filter(
            pk=self.pk, state=self.State.PENDING, attempts=self.attempts
        )
        claimed.update(**fields)
