"""What readers would like the newsroom to take up."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from donations.supporters.models import Supporter
from donations.topics.models.topic import Topic


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Filters, and the only door through which a state changes."""

    def shown(self) -> "SuggestionQuerySet":
        """What readers see: what staff let through and did not merge into another."""
        hidden = (Suggestion.State.NEW, Suggestion.State.MERGED)
        return self.exclude(state__in=hidden).filter(is_hidden=False)

    def mark(self, state: "Suggestion.State", *, at: datetime, **changes: Any) -> int:
        """Move on; what was decided before may be decided anew."""
        return self.exclude(state=state).update(state=state, changed_at=at, **changes)


class Suggestion(models.Model):
    """A topic that a supporter asks for. `answer` is what the newsroom says to it, in public."""

    class State(models.TextChoices):
        """How it stands."""

        NEW = "new", "waits for the newsroom to look at it"
        OPEN = "open", "open for votes"
        TAKEN_UP = "taken_up", "taken up"
        DECLINED = "declined", "declined"
        MERGED = "merged", "merged into another"

    supporter = models.ForeignKey(
        Supporter, on_delete=models.SET_NULL, null=True, related_name="suggestions"
    )
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    details = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    is_hidden = models.BooleanField(default=False)
    answer = models.TextField(max_length=1000, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suggestion_merged_into_another",
                condition=~Q(state="merged") | Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """One supporter backs one suggestion, once; who suggests backs it too."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="votes")
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="votes")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="vote_once", fields=["suggestion", "supporter"]),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} for {self.suggestion_id}"
