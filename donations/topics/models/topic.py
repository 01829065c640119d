"""A subject that the newsroom takes up."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from donations.sections.models import Section
from donations.supporters.models import User
from donations.topics.models.picture import Picture


class TopicQuerySet(models.QuerySet["Topic"]):
    """Filters, and the only doors through which a state changes."""

    def published(self) -> "TopicQuerySet":
        """What readers see, newest first."""
        return self.filter(state=Topic.State.PUBLISHED).order_by("-published_at", "-pk")

    def mark_published(self, *, at: datetime, supporters_count: int) -> int:
        """From draft to published; `made possible by` stays as it was on that day."""
        return self.filter(state=Topic.State.DRAFT).update(
            state=Topic.State.PUBLISHED, published_at=at, supporters_count=supporters_count
        )

    def mark_draft(self) -> int:
        """Taken off the pages again."""
        return self.update(state=Topic.State.DRAFT)


class Topic(models.Model):
    """A subject, under a section, told in one or more languages.

    `language` is the one that it was first written in: who has no text of their own language
    gets that one, then the newsroom's others in their order.
    """

    class State(models.TextChoices):
        """Whether readers see it."""

        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="topics")
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    language = models.CharField(max_length=8)
    link = models.URLField(max_length=500, blank=True)
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="topics"
    )
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    supporters_count = models.PositiveIntegerField(null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="topic_published_has_a_time",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="topic_published", fields=["-published_at"], condition=Q(state="published")
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def text(self, language: str) -> "TopicText | None":
        """In this language, else the first language, else the newsroom's in their order.

        Reads `texts`: prefetch them for a list.
        """
        texts = {each.language: each for each in self.texts.all()}
        spoken = (language, self.language, *dict(settings.LANGUAGES))
        return next((texts[each] for each in spoken if each in texts), None)


class TopicText(models.Model):
    """A topic in one language. `body` is Markdown (see markup.py)."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    picture_alt = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="topic_told_once_per_language", fields=["topic", "language"]
            ),
        ]

    def __str__(self) -> str:
        return self.title
