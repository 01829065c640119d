"""What tests of suggestions share: people who gave, and what they ask for."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from donations.giving.models import Donation
from donations.sections.models import Section
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, Topic, TopicText
from donations.topics.operations import moderating, suggestions

NUMBERS = count(1)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def a_reader(email: str = "", **changes: Any) -> Supporter:
    """Somebody known who never gave."""
    told: dict[str, Any] = {"language": "en", "created_at": NOON, **changes}
    return Supporter.objects.create(email=email or f"reader{next(NUMBERS)}@example.org", **told)


def a_giver(email: str = "", **changes: Any) -> Supporter:
    """Somebody who gave ten euros."""
    supporter = a_reader(email, **changes)
    Donation.objects.create(
        gateway="paypal",
        gateway_ref=f"gift-{next(NUMBERS)}",
        amount_minor=1000,
        currency="EUR",
        supporter=supporter,
        received_at=NOON,
        recorded_at=NOON,
    )
    return supporter


def suggested(title: str = "", *, by: Supporter | None = None, **changes: Any) -> Suggestion:
    """What waits for the newsroom."""
    told: dict[str, Any] = {
        "supporter": by or a_giver(),
        "language": "en",
        "title": title or f"Bread {next(NUMBERS)}",
        "details": "",
        "at": NOON,
        **changes,
    }
    return suggestions.suggest(**told)


def opened(title: str = "", *, by: Supporter | None = None, **changes: Any) -> Suggestion:
    """What is open for votes, with that of its suggester."""
    suggestion = suggested(title, by=by, **changes)
    moderating.let_through(suggestion=suggestion, at=NOON)
    suggestion.refresh_from_db()
    return suggestion


def back(suggestion: Suggestion, supporter: Supporter | None = None) -> Supporter:
    """One more vote."""
    supporter = supporter or a_giver()
    suggestions.vote(suggestion=suggestion, supporter=supporter, at=NOON)
    return supporter


def a_topic(title: str = "Bread, and who bakes it", *, language: str = "en") -> Topic:
    """A draft."""
    topic = Topic.objects.create(
        section=Section.objects.order_by("pk")[0],
        slug=f"topic-{next(NUMBERS)}",
        language=language,
        created_at=NOON,
        changed_at=NOON,
    )
    TopicText.objects.create(topic=topic, language=language, title=title)
    return topic


def publish(topic: Topic) -> Topic:
    """Readers see it."""
    Topic.objects.filter(pk=topic.pk).mark_published(at=LATER, supporters_count=1)
    topic.refresh_from_db()
    return topic


def voters(suggestion: Suggestion) -> set[Supporter]:
    """Whose votes count for it."""
    return set(Supporter.objects.filter(votes__suggestion=suggestion))
