"""What readers would like the newsroom to take up."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from donations.supporters.models import Supporter
from donations.topics.models.topic import Topic


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Filters, and the only doors through which a state changes."""

    def shown(self) -> "SuggestionQuerySet":
        """What readers see: what staff let through and did not merge into another."""
        hidden = (Suggestion.State.NEW, Suggestion.State.MERGED)
        return self.exclude(state__in=hidden).filter(is_hidden=False)

    def open(self) -> "SuggestionQuerySet":
        """Those that may be backed."""
        return self.filter(state=Suggestion.State.OPEN, is_hidden=False)

    def waiting(self) -> "SuggestionQuerySet":
        """Those that nobody of the newsroom has looked at."""
        return self.filter(state=Suggestion.State.NEW, is_hidden=False)

    def untold(self) -> "SuggestionQuerySet":
        """Those that became a topic which readers can open, and whose backers have not heard."""
        return self.promised().filter(topic__state=Topic.State.PUBLISHED)

    def promised(self) -> "SuggestionQuerySet":
        """Those that became a topic, maybe still a draft, and whose backers have not heard."""
        return self.filter(state=Suggestion.State.TAKEN_UP, is_hidden=False, told_at=None)

    def mark_open(self, *, at: datetime) -> int:
        """On the page, open for votes; what was declined or taken up may be opened again."""
        standing = self.exclude(state__in=(Suggestion.State.OPEN, Suggestion.State.MERGED))
        return standing.update(state=Suggestion.State.OPEN, topic=None, changed_at=at)

    def mark_declined(self, *, answer: str, at: datetime) -> int:
        """No, and why."""
        standing = self.exclude(state=Suggestion.State.MERGED)
        return standing.update(
            state=Suggestion.State.DECLINED, answer=answer, topic=None, changed_at=at
        )

    def mark_taken_up(self, *, topic: Topic, at: datetime) -> int:
        """It becomes this topic; with another topic, its backers will hear of that one."""
        standing = self.exclude(state=Suggestion.State.MERGED)
        standing = standing.exclude(state=Suggestion.State.TAKEN_UP, topic=topic)
        return standing.update(
            state=Suggestion.State.TAKEN_UP, topic=topic, told_at=None, changed_at=at
        )

    def mark_merged(self, *, into: "Suggestion", at: datetime) -> int:
        """The same as another; what is a topic already stays by itself."""
        settled = (Suggestion.State.MERGED, Suggestion.State.TAKEN_UP)
        return self.exclude(state__in=settled).update(
            state=Suggestion.State.MERGED,
            state_before_merge=F("state"),
            merged_into=into,
            changed_at=at,
        )

    def mark_unmerged(self, *, at: datetime) -> int:
        """By itself again, as it stood before."""
        return self.filter(state=Suggestion.State.MERGED).update(
            state=F("state_before_merge"), state_before_merge="", merged_into=None, changed_at=at
        )

    def mark_answered(self, *, answer: str) -> int:
        """What the newsroom says to it; blank takes an answer back."""
        return self.update(answer=answer)

    def mark_hidden(self, *, is_hidden: bool) -> int:
        """Off the pages whatever its state, or back."""
        return self.update(is_hidden=is_hidden)

    def mark_told(self, *, at: datetime) -> int:
        """Its backers have heard."""
        return self.filter(told_at=None).update(told_at=at)

    def mark_untold(self) -> int:
        """There are backers who have not heard."""
        return self.update(told_at=None)


class Suggestion(models.Model):
    """A topic that a supporter asks for. `answer` is what the newsroom says to it, in public.

    Title and details are plain text of strangers: never markup, never links.
    """

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
    state_before_merge = models.CharField(max_length=10, blank=True)
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
    """One supporter backs one suggestion, once; who suggests backs it too.

    It counts for `suggestion`. Merging moves it there from the one that it was `cast_for`; who had
    backed both keeps both rows, of which only the shown suggestion's counts.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="votes")
    cast_for = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="+")
    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="votes")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="vote_once", fields=["suggestion", "supporter"]),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} for {self.suggestion_id}"
