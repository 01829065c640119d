"""The forms about topics as a test sends them, and mails that were sent to somebody."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from donations.broadcasts.models import Broadcast, Delivery
from donations.outbox.models.sending import State
from donations.seals import seal
from donations.sections import operations
from donations.sections.models import Section
from donations.supporters.models import Supporter
from donations.topics.models import Topic
from donations.web.forms import new_token

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def a_reader(email: str = "ana@example.org", **changes: Any) -> Supporter:
    told: dict[str, Any] = {"language": "en", "created_at": AT, **changes}
    return Supporter.objects.create(email=email, **told)


def follows(supporter: Supporter, *slugs: str) -> None:
    """These sections from now on; every one for no name."""
    operations.choose(
        supporter=supporter,
        sections=list(Section.objects.filter(slug__in=slugs)) if slugs else None,
        language="en",
        wording="Chosen.",
        source="test",
        at=AT,
    )


def asks(supporter: Supporter, *slugs: str) -> None:
    """The same, by a form that waits for the mailbox."""
    operations.ask(
        supporter=supporter,
        sections=list(Section.objects.filter(slug__in=slugs)) if slugs else None,
        language="en",
        wording="Asked.",
        source="test",
        at=AT,
    )


def send(client: Client, language: str = "en", **changes: Any) -> Any:
    """Post the form; a change to None leaves the field out."""
    filled = {
        "token": new_token(),
        "email": "ana@example.org",
        "sections": ["economy"],
        "consent": "on",
        **changes,
    }
    given = {name: value for name, value in filled.items() if value is not None}
    return client.post(f"/{language}/topics/follow/", given)


def a_delivery(
    supporter: Supporter | None,
    section: str = "economy",
    *,
    state: str = State.SENT,
    **changes: Any,
) -> Delivery:
    """A mail to them about a topic; of no section for mail to everybody."""
    found = Section.objects.filter(slug=section).first()
    slug = f"{section or 'any'}-{Topic.objects.count()}"
    topic = Topic.objects.create(
        section=found or Section.objects.get(slug="economy"),
        slug=slug,
        language="en",
        created_at=AT,
        changed_at=AT,
    )
    broadcast = Broadcast.objects.create(topic=topic, created_at=AT, changed_at=AT)
    told: dict[str, Any] = {
        "broadcast": broadcast,
        "supporter": supporter,
        "section": found,
        "email": supporter.email if supporter else "gone@example.org",
        "language": "en",
        "asked_at": AT,
        "next_attempt_at": AT,
        "state": state,
        "attempted_at": AT if state == State.SENT else None,
        "sent_at": AT if state == State.SENT else None,
        **changes,
    }
    return Delivery.objects.create(**told)


def address(delivery: Delivery) -> str:
    """What List-Unsubscribe says."""
    return f"/u/{seal(delivery.pk, purpose='unsubscribe')}/"
