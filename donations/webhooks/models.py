"""Notifications exactly as they came."""

from django.db import models
from django.db.models import Q


class InboundEvent(models.Model):
    """A webhook or notification, unique by the provider's event id.

    `facts` is what it was understood to say, so that the books can be proved without the network.
    """

    class State(models.TextChoices):
        """Parked: not for us (wrong mode or version). Stuck: staff have to look."""

        PENDING = "pending", "waiting"
        DONE = "done", "done"
        PARKED = "parked", "set aside"
        STUCK = "stuck", "needs attention"

    gateway = models.CharField(max_length=20)
    event_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=100)
    body = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    facts = models.JSONField(default=list)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="event_stored_once", fields=["gateway", "event_id"])
        ]
        indexes = [
            models.Index(name="event_due", fields=["next_attempt_at"], condition=Q(state="pending"))
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.event_id}"
