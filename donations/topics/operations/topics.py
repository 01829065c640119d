"""A topic is written, shown to readers, taken off the pages, thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction

from donations.outlet.models import Outlet
from donations.sections.models import Section
from donations.slugs import free, slug_of
from donations.supporters.models import User
from donations.topics.models import Picture, Topic, TopicText
from donations.topics.queries.topics import forget_newest, supporters_before

# What else stands under /<language>/topics/: no topic may take such an address.
RESERVED = frozenset({"choose", "confirm", "feed", "follow", "suggest", "suggestions"})
LONGEST_SLUG = 80
# Two clicks on one button, or a form that the browser sends anew.
SECOND_CLICK = timedelta(minutes=5)


class NoText(Exception):
    """A topic is told in at least one language."""


class ChangedSince(Exception):
    """Somebody saved it after the one who saves now had begun to write."""


class IsPublished(Exception):
    """What readers see is taken off the pages first."""


class IsMailed(Exception):
    """A mailing about it exists, so it is not thrown away."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A topic in one language. `body` is Markdown; without a title there is no text."""

    title: str
    summary: str = ""
    body: str = ""
    picture_alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """All of a topic. `language` is the one that it is first written in."""

    section: Section
    texts: Mapping[str, Text]
    language: str = ""
    link: str = ""
    picture: Picture | None = None

    @property
    def told(self) -> dict[str, Text]:
        """The texts that say something, in the newsroom's order of languages."""
        return {
            each: self.texts[each]
            for each in dict(settings.LANGUAGES)
            if each in self.texts and self.texts[each].title.strip()
        }

    @property
    def first_language(self) -> str:
        """The one that was named if there is a text in it, else the first that there is."""
        return self.language if self.language in self.told else next(iter(self.told), "")


@transaction.atomic
def create(*, content: Content, by: User | None, at: datetime) -> Topic:
    """A draft; the one that the same person has just made of the same words, at a second click.

    Raises `NoText` when no language has a title.
    """
    if not content.told:
        raise NoText
    take_turns()
    made = Topic.objects.filter(author=by, created_at__gte=at - SECOND_CLICK) if by else ()
    before = next((each for each in made if stands_so(each, content)), None)
    if before is not None:
        return before
    topic = Topic.objects.create(
        section=content.section,
        slug=free_slug(content),
        language=content.first_language,
        link=content.link,
        picture=content.picture,
        author=by,
        created_at=at,
        changed_at=at,
    )
    write(topic, content)
    return topic


@transaction.atomic
def edit(*, topic: Topic, content: Content, seen: datetime | None, at: datetime) -> bool:
    """Write it anew; False when it stands so already.

    `seen` is the `changed_at` that the writer began with (None: whatever stands there now is
    replaced). Raises `ChangedSince` and `NoText`. The address follows the title until the topic
    is first published, and never changes after that.
    """
    if not content.told:
        raise NoText
    take_turns()
    found = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    if stands_so(found, content):
        return False
    if seen is not None and found.changed_at != seen:
        raise ChangedSince
    if found.published_at is None:
        found.slug = free_slug(content, own=found)
    found.section, found.language = content.section, content.first_language
    found.link, found.picture, found.changed_at = content.link, content.picture, at
    found.save(update_fields=["slug", "section", "language", "link", "picture", "changed_at"])
    write(found, content)
    transaction.on_commit(forget_newest)
    return True


@transaction.atomic
def publish(*, topic: Topic, at: datetime) -> bool:
    """Readers see it from now on; False when they do already.

    Counts the supporters who made it possible. After it was taken off, this is a new
    publication, with a new count.
    """
    changed = Topic.objects.filter(pk=topic.pk).mark_published(
        at=at, supporters_count=supporters_before(at)
    )
    transaction.on_commit(forget_newest)
    return bool(changed)


@transaction.atomic
def unpublish(*, topic: Topic) -> bool:
    """Off the pages and out of the feed; False when it is a draft already.

    It knows nothing of mailings: `broadcasts.withdrawing` asks whether one is on its way.
    """
    changed = Topic.objects.published().filter(pk=topic.pk).mark_draft()
    transaction.on_commit(forget_newest)
    return bool(changed)


@transaction.atomic
def delete(*, topic: Topic) -> bool:
    """Throw a draft away; False when it is gone already. Raises `IsPublished` and `IsMailed`."""
    found = Topic.objects.select_for_update(of=("self",)).filter(pk=topic.pk).first()
    if found is None:
        return False
    if found.state == Topic.State.PUBLISHED:
        raise IsPublished
    try:
        found.delete()
    except models.ProtectedError as error:
        raise IsMailed from error
    return True


def take_turns() -> None:
    """One at a time, until the transaction ends: no two find the same address free."""
    list(Outlet.objects.select_for_update().values_list("pk"))


def write(topic: Topic, content: Content) -> None:
    """Its texts, as they are from now on; a language without a title has none."""
    topic.texts.exclude(language__in=content.told).delete()
    for language, text in content.told.items():
        TopicText.objects.update_or_create(topic=topic, language=language, defaults=fields(text))


def fields(text: Text) -> dict[str, str]:
    """As a row holds them."""
    return {
        "title": text.title.strip(),
        "summary": text.summary.strip(),
        "body": text.body.replace("\r\n", "\n"),
        "picture_alt": text.picture_alt.strip(),
    }


def stands_so(topic: Topic, content: Content) -> bool:
    """Whether nothing would change: the second of two clicks, or a save without a change."""
    names = ("title", "summary", "body", "picture_alt")
    rows = {each["language"]: each for each in topic.texts.values("language", *names)}
    wanted = {key: {"language": key, **fields(text)} for key, text in content.told.items()}
    return rows == wanted and (
        (topic.section_id, topic.language, topic.link, topic.picture_id)
        == (
            content.section.pk,
            content.first_language,
            content.link,
            content.picture.pk if content.picture else None,
        )
    )


def free_slug(content: Content, *, own: Topic | None = None) -> str:
    """An address that no other topic has, from the first title that Latin letters can spell."""
    first = content.told[content.first_language]
    titles = (first.title, *(text.title for text in content.told.values()))
    slug = slug_of(*titles, longest=LONGEST_SLUG) or "topic"
    similar = Topic.objects.filter(slug__startswith=slug[: LONGEST_SLUG - 5])
    others = similar.exclude(pk=own.pk) if own else similar
    taken = set(others.values_list("slug", flat=True))
    return free(slug, taken=taken | RESERVED, longest=LONGEST_SLUG)
