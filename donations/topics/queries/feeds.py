"""What may be asked about feeds."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, QuerySet

from donations.topics.feeds.reading import Entry
from donations.topics.models import Feed, FeedEntry, Topic
from donations.topics.models.feed import FeedQuerySet
from donations.topics.queries.topics import everything

# As many values as any database takes in one statement.
BATCH = 500


def listed() -> FeedQuerySet:
    """Every feed, by section and language."""
    feeds = Feed.objects.select_related("section")
    return feeds.order_by("section__position", "section", "language", "pk")


def draft_counts() -> dict[int, int]:
    """By feed: how many topics that it brought are still here."""
    brought = FeedEntry.objects.filter(topic__isnull=False).order_by()
    return dict(brought.values_list("feed").annotate(Count("pk")))


def brought_by(feed: Feed) -> QuerySet[Topic]:
    """The topics that came of it, the newest first."""
    return everything().filter(feed_entry__feed=feed).order_by("-pk")


def unseen(feed: Feed, entries: Sequence[Entry]) -> list[Entry]:
    """Those that never stood in this feed before."""
    seen: set[str] = set()
    for some in batches(entries):
        rows = FeedEntry.objects.filter(feed=feed, entry_id__in=[each.key for each in some])
        seen.update(rows.values_list("entry_id", flat=True))
    return [each for each in entries if each.key not in seen]


def known_elsewhere(entries: Sequence[Entry]) -> set[str]:
    """The keys of those that another feed brought, or that somebody made a topic of by hand."""
    known: set[str] = set()
    for some in batches(entries):
        keys = [each.key for each in some if each.is_universal]
        known.update(FeedEntry.objects.filter(entry_id__in=keys).values_list("entry_id", flat=True))
        links = {link: each.key for each in some for link in spellings(each.link)}
        linked = Topic.objects.filter(link__in=links).values_list("link", flat=True)
        known.update(links[link] for link in linked)
    return known


def spellings(link: str) -> list[str]:
    """An article's address by http and https; none for a bare site, which is no article."""
    bare = link.partition("://")[2]
    is_article = bool(bare.partition("/")[2])
    return [f"http://{bare}", f"https://{bare}"] if is_article else []


def batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """A few hundred at a time."""
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]
