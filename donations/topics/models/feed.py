"""The newsroom's own feeds, from which drafts come."""

from django.db import models
from django.db.models import Q

from donations.sections.models import Section
from donations.topics.models.topic import Topic


class Feed(models.Model):
    """An RSS or Atom feed. `etag` and `modified` are what it said last (RFC 9110, 13.1)."""

    url = models.URLField(max_length=500, unique=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="feeds")
    language = models.CharField(max_length=8)
    is_active = models.BooleanField(default=True)
    title = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    next_poll_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(name="feed_due", fields=["next_poll_at"], condition=Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class FeedEntry(models.Model):
    """An entry that was taken once, by its own id: it never comes a second time.

    `topic` is None for what was there already when the feed was added, or was thrown away since.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    entry_id = models.CharField(max_length=64)
    topic = models.OneToOneField(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="feed_entry"
    )
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="feed_entry_once", fields=["feed", "entry_id"]),
        ]

    def __str__(self) -> str:
        return self.entry_id
