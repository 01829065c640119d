"""What tests of feeds share: a moment, a feed in the table, and one poll of it."""

from datetime import UTC, datetime
from typing import Any

from donations.sections.models import Section
from donations.topics.feeds.fetching import Fetched, Limits
from donations.topics.feeds.reading import Document, read
from donations.topics.models import Feed, TopicText
from donations.topics.operations.polling import poll
from tests.standins.feeds.server import RSS

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
# So that what never ends is over soon.
SOON = Limits(connect_seconds=2, seconds=0.4)


def a_feed(url: str, **changes: Any) -> Feed:
    """Added just now, and never asked."""
    told: dict[str, Any] = {
        "section": Section.objects.get(slug="economy"),
        "language": "ro",
        "next_poll_at": NOON,
        **changes,
    }
    return Feed.objects.create(url=url, **told)


def a_read_feed(url: str, **changes: Any) -> Feed:
    """Asked before, when it was empty: everything in it is new."""
    return a_feed(url, read_at=NOON, polled_at=NOON, **changes)


def polled(feed: Feed, *, at: datetime = NOON, limits: Limits | None = None) -> Feed:
    """As it stands after it was asked once more."""
    Feed.objects.filter(pk=feed.pk).update(next_poll_at=at)
    feed.refresh_from_db()
    assert poll(feed=feed, at=at, limits=limits or Limits())
    feed.refresh_from_db()
    return feed


def titles() -> list[str]:
    """Of all drafts, in the order in which they were made."""
    return list(TopicText.objects.order_by("topic_id").values_list("title", flat=True))


def document(
    body: bytes | str,
    *,
    content_type: str = RSS,
    language: str = "ro",
    url: str = "https://newscafe.example/feed/",
) -> Document:
    """A feed as if it had been fetched."""
    data = body.encode() if isinstance(body, str) else body
    fetched = Fetched(body=data, content_type=content_type, url=url, etag="", modified="")
    return read(fetched, language=language, at=NOON)
