"""Drafts from the newsroom's own feeds, each entry once."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import transaction

from donations.topics.feeds.fetching import LIMITS, Fetched, Limits, fetch
from donations.topics.feeds.reading import Document, Entry, read
from donations.topics.feeds.troubles import FeedTrouble, Trouble
from donations.topics.models import Feed, FeedEntry
from donations.topics.models.feed import FeedQuerySet
from donations.topics.operations.topics import Content, Text, create, take_turns
from donations.topics.queries.feeds import known_elsewhere, unseen

logger = logging.getLogger(__name__)

EVERY, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)
# Longer than a fetch and reading it can take: a worker that died has lost its feed by then.
LEASE = timedelta(minutes=5)
# Of what stands in a feed when it is added, so that staff see how it will be; and of a time later.
FIRST_DRAFTS, MOST_DRAFTS = 3, 50
LONGEST_ETAG, LONGEST_MODIFIED = 300, 100


def poll_due(*, at: datetime, limit: int = 1, limits: Limits = LIMITS) -> int:
    """Ask feeds that are due, and make drafts of what is new; how many were asked.

    Workers take turns: a feed that another one has taken meanwhile does not count.
    """
    return sum(poll(feed=each, at=at, limits=limits) for each in Feed.objects.due(at)[:limit])


def poll(*, feed: Feed, at: datetime, limits: Limits = LIMITS) -> bool:
    """Ask one, with no transaction open; False when it is not ours to ask.

    Whatever goes wrong is kept beside the feed, which is asked again later and later.
    """
    until = at + LEASE
    if not Feed.objects.mark_claimed(feed, until=until):
        return False
    # Whoever pauses it, removes it or has it asked anew meanwhile takes it away from us.
    ours = Feed.objects.filter(pk=feed.pk, is_active=True, next_poll_at=until)
    try:
        fetched = fetch(feed.url, etag=feed.etag, modified=feed.modified, limits=limits)
        take(feed, fetched, ours=ours, at=at)
    except FeedTrouble as trouble:
        postpone(feed, trouble, ours=ours, at=at)
    except Exception:
        logger.exception("feed %s could not be taken in", feed.pk)
        postpone(feed, FeedTrouble(Trouble.FAILED), ours=ours, at=at)
    return True


def take(feed: Feed, fetched: Fetched, *, ours: FeedQuerySet, at: datetime) -> None:
    """Drafts of what is new; the rest is only noted. Raises FeedTrouble."""
    if fetched.body is None:
        ours.mark_read(at=at, every=EVERY)
        return
    document = read(fetched, language=feed.language, at=at)
    new = unseen(feed, document.entries)
    wanted = new[: MOST_DRAFTS if feed.read_at else FIRST_DRAFTS]
    contents = {each.key: content_of(each, feed) for each in wanted if each.title}
    keep(feed, new, contents, ours=ours, at=at, said=said_by(document, fetched))


@transaction.atomic
def keep(
    feed: Feed,
    entries: list[Entry],
    contents: Mapping[str, Content],
    *,
    ours: FeedQuerySet,
    at: datetime,
    said: Mapping[str, str],
) -> None:
    """All of it or nothing; nothing if the feed is no longer ours to take from.

    What stands in two feeds, or was written about by hand, is no second draft.
    """
    if not ours.select_for_update().first():
        return
    take_turns()
    known = known_elsewhere([each for each in entries if each.key in contents])
    rows = []
    # The oldest first, as they were written.
    for each in reversed(entries):
        is_draft = each.key in contents and each.key not in known
        topic = create(content=contents[each.key], by=None, at=at) if is_draft else None
        rows.append(FeedEntry(feed=feed, entry_id=each.key, topic=topic, seen_at=at))
    FeedEntry.objects.bulk_create(rows, batch_size=500)
    ours.mark_read(at=at, every=EVERY, **said)


def content_of(entry: Entry, feed: Feed) -> Content:
    """As staff would have begun to write it."""
    text = Text(title=entry.title, summary=entry.summary, body=entry.body)
    return Content(
        section=feed.section,
        texts={feed.language: text},
        language=feed.language,
        link=entry.link,
    )


def said_by(document: Document, fetched: Fetched) -> dict[str, str]:
    """What the feed is called, and what to hand back to it; word for word or not at all."""
    return {
        "title": document.title,
        "etag": kept(fetched.etag, LONGEST_ETAG),
        "modified": kept(fetched.modified, LONGEST_MODIFIED),
    }


def kept(header: str, longest: int) -> str:
    """A header's value if we can keep all of it."""
    return header if len(header) <= longest and header.isprintable() else ""


def postpone(feed: Feed, trouble: FeedTrouble, *, ours: FeedQuerySet, at: datetime) -> None:
    """Asked again later and later, not before it wishes, but within a day; never if it is gone."""
    if trouble.trouble == Trouble.GONE:
        ours.mark_gone(trouble.kept, at=at)
        return
    wait = EVERY * 2 ** min(feed.failures, 10)
    wished = wish_of(trouble.retry_after, at)
    ours.mark_failed(trouble.kept, at=at, next_poll_at=at + min(max(wait, wished), LONGEST_WAIT))


def wish_of(retry_after: str, at: datetime) -> timedelta:
    """How long Retry-After says to wait: seconds, or until a date."""
    if retry_after.isdecimal():
        return min(timedelta(seconds=int(retry_after[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return timedelta(0)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - at
