"""A mailing and its life."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from donations.supporters.models import User
from donations.topics.models import Topic


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    """Filters, and the only door through which a state changes."""

    def to_be_begun(self, at: datetime) -> "BroadcastQuerySet":
        """Scheduled, and the time has come."""
        return self.filter(state=Broadcast.State.SCHEDULED, send_at__lte=at)

    def waiting_for_a_person(self) -> "BroadcastQuerySet":
        """Those that go no further by themselves: to be looked at, or to be approved."""
        unapproved = Q(state=Broadcast.State.SCHEDULED, approved_at=None)
        return self.filter(Q(state=Broadcast.State.NEEDS_REVIEW) | unapproved)

    def mark(
        self, state: "Broadcast.State", *, of: "tuple[Broadcast.State, ...]", **changes: Any
    ) -> int:
        """Move on from one of these states; 0 when it is in none of them."""
        return self.filter(state__in=of).update(state=state, **changes)


class Broadcast(models.Model):
    """One mailing about a Topic to a frozen audience.

    The audience: followers of the topic's section, or of any with `to_every_section`; in one of
    `languages` (none named: in any); who support in the way that `support` says.
    """

    class State(models.TextChoices):
        """Its life. Nothing may leave before `sending`."""

        DRAFT = "draft", "draft"
        SCHEDULED = "scheduled", "scheduled"
        FREEZING = "freezing", "the list is being written"
        SENDING = "sending", "being sent"
        PAUSED = "paused", "paused"
        FINISHED = "finished", "finished"
        CANCELED = "canceled", "canceled"
        NEEDS_REVIEW = "needs_review", "needs a look"

    class Support(models.TextChoices):
        """How the people of the audience support the newsroom."""

        ALL = "all", "everybody who follows"
        RECURRING = "recurring", "monthly and yearly supporters"
        ONCE = "once", "gave once or several times, without an agreement"
        LAPSED = "lapsed", "had an agreement that has ended"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="broadcasts")
    to_every_section = models.BooleanField(default=False)
    languages = models.JSONField(default=list, blank=True)
    support = models.CharField(max_length=10, choices=Support, default=Support.ALL)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    problem = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="broadcasts"
    )
    approved_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="approved_broadcasts"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    send_at = models.DateTimeField(null=True, blank=True)
    max_lateness = models.DurationField(default=timedelta(hours=6))
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # The list: everybody up to this supporter's number is on it.
    frozen_through = models.PositiveBigIntegerField(default=0)
    frozen_at = models.DateTimeField(null=True, blank=True)
    candidate_count = models.PositiveIntegerField(default=0)
    recipient_count = models.PositiveIntegerField(default=0)
    # By reason: {"unconfirmed": 12, "bounced": 3, …}; the words are in audience.py.
    excluded = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Staff have seen the uncertain ones and leave them.
    uncertain_left_at = models.DateTimeField(null=True, blank=True)

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="broadcast_scheduled_has_a_time",
                condition=~Q(state="scheduled") | Q(send_at__isnull=False),
            ),
            models.CheckConstraint(
                name="broadcast_sends_to_a_frozen_list",
                condition=~Q(state__in=("sending", "finished")) | Q(frozen_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="broadcast_alive",
                fields=["state"],
                condition=Q(state__in=("scheduled", "freezing", "sending")),
            ),
        ]

    def __str__(self) -> str:
        return f"broadcast {self.pk}"


class Edition(models.Model):
    """A broadcast in one language.

    `subject` and `preface` (Markdown, before the topic) are what staff wrote; blank, the topic's
    title and no preface. `frozen_…` is what is sent, with placeholders for each person, written
    when the list was frozen.
    """

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200, blank=True)
    preface = models.TextField(blank=True)
    frozen_subject = models.CharField(max_length=200, blank=True)
    frozen_text = models.TextField(blank=True)
    frozen_html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="edition_once_per_language", fields=["broadcast", "language"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.broadcast} ({self.language})"
