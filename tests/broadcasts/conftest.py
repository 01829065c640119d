"""A newsroom with a published topic, followers, and a mail server that takes what comes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Delivery
from donations.outbox.models.sending import State
from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter, User
from donations.topics.models import Topic, TopicText

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)

MakeFollower = Callable[..., Supporter]


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor@example.org", is_staff=True, role="administrator")


@pytest.fixture
def section() -> Section:
    return Section.objects.get(slug="politics")


@pytest.fixture
def topic(section: Section) -> Topic:
    """Told in English and Romanian, not in Russian; first written in Romanian."""
    topic = Topic.objects.create(
        section=section,
        slug="who-owns-the-bridges",
        state=Topic.State.PUBLISHED,
        language="ro",
        link="https://news.example.org/bridges",
        created_at=AT,
        changed_at=AT,
        published_at=AT,
        supporters_count=3,
    )
    texts = {
        "en": ("Who owns the bridges?", "We asked.", "It began with a **toll**.\n\n## Then\n\nA"),
        "ro": ("Ale cui sunt podurile?", "Am întrebat.", "A început cu o **taxă**. Ș și ț."),
    }
    for language, (title, summary, body) in texts.items():
        TopicText.objects.create(
            topic=topic, language=language, title=title, summary=summary, body=body
        )
    return topic


@pytest.fixture
def follower(section: Section) -> MakeFollower:
    """Somebody who asked for the section, and confirmed; `changes` are the follow's."""

    def made(number: int, *, name: str = "", language: str = "en", **changes: object) -> Supporter:
        supporter = Supporter.objects.create(
            email=f"reader{number}@example{number % 7}.org",
            name=name,
            language=language,
            created_at=AT,
            proved_at=AT,
        )
        wanted = {"section": section, "confirmed_at": AT, "asked_at": AT, **changes}
        Follow.objects.create(supporter=supporter, language=language, **wanted)
        return supporter

    return made


@pytest.fixture
def broadcast(topic: Topic, editor: User) -> Broadcast:
    return operations.draft(topic=topic, by=editor, at=AT)


def begin(broadcast: Broadcast, by: User, at: datetime = AT) -> Broadcast:
    """Scheduled for now and frozen."""
    operations.schedule(
        broadcast=broadcast, send_at=at, max_lateness=timedelta(hours=1), by=by, at=at
    )
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    return broadcast


def send(broadcast: Broadcast, at: datetime = AT) -> Broadcast:
    """What the workers do in a while."""
    operations.send_due(at=at)
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    return broadcast


def states(broadcast: Broadcast) -> dict[str, int]:
    """How many deliveries are where."""
    found: dict[str, int] = {}
    for state in Delivery.objects.filter(broadcast=broadcast).values_list("state", flat=True):
        found[State(state)] = found.get(state, 0) + 1
    return found
