"""Topics as readers find them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Prefetch, Q, QuerySet

from donations.giving.models import Donation
from donations.sections.models import Section
from donations.topics.models import Topic, TopicText

CACHE_KEY, CACHE_SECONDS = "topics:newest", 60
NEWEST = 3
# Whose gifts made a topic possible: those of the year before it appeared.
MADE_POSSIBLE_WITHIN = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A published topic as the support page needs it: no rows, no queries."""

    slug: str
    titles: dict[str, str]
    language: str

    def said_in(self, language: str) -> tuple[str, str]:
        """Its title and the language that this is in: this one, else the first of the rest."""
        spoken = language if language in self.titles else self.language
        return self.titles[spoken], spoken


def newest() -> tuple[Shown, ...]:
    """The last few, for the page that everybody opens; a change shows within a minute."""
    found: tuple[Shown, ...] | None = cache.get(CACHE_KEY)
    if found is None:
        found = tuple(_shown(each) for each in published()[:NEWEST])
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def forget_newest() -> None:
    """Something about them has changed."""
    cache.delete(CACHE_KEY)


def published(section: Section | None = None, *, with_bodies: bool = False) -> QuerySet[Topic]:
    """What readers see, newest first, with all that a list of them shows in two queries."""
    texts = TopicText.objects.all() if with_bodies else TopicText.objects.defer("body")
    found = Topic.objects.published().select_related("section", "picture").defer("picture__data")
    chosen = found if section is None else found.filter(section=section)
    return chosen.prefetch_related(Prefetch("texts", texts))


def everything(*, with_bodies: bool = False) -> QuerySet[Topic]:
    """Drafts too, for the desk, in two queries."""
    texts = TopicText.objects.all() if with_bodies else TopicText.objects.defer("body")
    found = Topic.objects.select_related("section", "picture", "author").defer("picture__data")
    return found.prefetch_related(Prefetch("texts", texts.order_by("language")))


def sections_with_topics() -> QuerySet[Section]:
    """Sections that readers find something in, closed ones too, in the newsroom's order."""
    live = Count("topics", filter=Q(topics__state=Topic.State.PUBLISHED))
    return (
        Section.objects.annotate(topic_count=live)
        .filter(topic_count__gt=0)
        .order_by("position", "pk")
    )


def supporters_before(at: datetime) -> int:
    """How many different people gave within the twelve months before."""
    gifts = Donation.objects.filter(
        supporter__isnull=False, received_at__gt=at - MADE_POSSIBLE_WITHIN, received_at__lte=at
    )
    return gifts.values("supporter").distinct().count()


def _shown(topic: Topic) -> Shown:
    first = topic.text("")
    titles = {each.language: each.title for each in topic.texts.all()}
    return Shown(slug=topic.slug, titles=titles, language=first.language if first else "")
