"""The newsroom's own feeds, from which drafts come."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from donations.sections.models import Section
from donations.topics.models.topic import Topic


class FeedQuerySet(models.QuerySet["Feed"]):
    """Filters, and the only doors through which a feed changes."""

    def due(self, at: datetime) -> "FeedQuerySet":
        """To be asked now, the longest due first."""
        return self.filter(is_active=True, next_poll_at__lte=at).order_by("next_poll_at", "pk")

    def mark_claimed(self, feed: "Feed", *, until: datetime) -> bool:
        """For this worker alone; False when another was faster, or the feed was paused."""
        mine = self.filter(pk=feed.pk, is_active=True, next_poll_at=feed.next_poll_at)
        return bool(mine.update(next_poll_at=until))

    def mark_read(self, *, at: datetime, every: timedelta, **known: Any) -> int:
        """It answered well; what failed before is forgotten."""
        return self.update(
            polled_at=at, read_at=at, next_poll_at=at + every, failures=0, problem="", **known
        )

    def mark_failed(self, problem: str, *, at: datetime, next_poll_at: datetime) -> int:
        """It did not, and is asked again later."""
        return self.update(
            polled_at=at, next_poll_at=next_poll_at, failures=F("failures") + 1, problem=problem
        )

    def mark_gone(self, problem: str, *, at: datetime) -> int:
        """It says itself that it is no more: not asked again until staff say so."""
        return self.update(is_active=False, polled_at=at, problem=problem)

    def mark_paused(self) -> int:
        """Not asked until staff say so."""
        return self.filter(is_active=True).update(is_active=False)

    def mark_due(self, *, at: datetime) -> int:
        """Asked as soon as a worker comes by, whether it was paused or waits after failures."""
        return self.update(is_active=True, next_poll_at=at, failures=0)


class Feed(models.Model):
    """An RSS or Atom feed. `etag` and `modified` are what it said last (RFC 9110, 13.1).

    `polled_at` is when it was asked last, `read_at` when it last answered well; until it has,
    nothing is known of what stood in it when it was added.
    """

    url = models.URLField(max_length=500, unique=True)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="feeds")
    language = models.CharField(max_length=8)
    is_active = models.BooleanField(default=True)
    title = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    next_poll_at = models.DateTimeField()
    polled_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="feed_due", fields=["next_poll_at"], condition=Q(is_active=True)),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class FeedEntry(models.Model):
    """An entry that was taken once, by its own id: it never comes a second time.

    `entry_id` is the SHA-256 of that id, in hex. `topic` is None for what was there already when
    the feed was added, or was thrown away since.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    entry_id = models.CharField(max_length=64)
    topic = models.OneToOneField(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="feed_entry"
    )
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "feed entries"
        constraints = [
            models.UniqueConstraint(name="feed_entry_once", fields=["feed", "entry_id"]),
        ]
        indexes = [models.Index(name="feed_entry_of_any_feed", fields=["entry_id"])]

    def __str__(self) -> str:
        return self.entry_id
