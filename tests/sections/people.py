"""People who ask for topics, and what became of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from donations.outbox.models import Message
from donations.sections import operations, queries
from donations.sections.models import Section
from donations.supporters.models import Supporter

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
DAY = timedelta(days=1)
EVERY = "every"


def section(slug: str) -> Section:
    return Section.objects.get(slug=slug)


def sections(*slugs: str) -> list[Section] | None:
    return None if slugs == (EVERY,) else [section(slug) for slug in slugs]


def a_reader(email: str = "ana@example.org", *, is_proved: bool = False) -> Supporter:
    return Supporter.objects.create(
        email=email, language="en", created_at=AT - DAY, proved_at=AT - DAY if is_proved else None
    )


def ask(supporter: Supporter, *slugs: str, at: datetime = AT, **changes: Any) -> None:
    said: dict[str, Any] = {
        "language": "ro",
        "wording": "Write to me.",
        "source": "topics page",
        **changes,
    }
    operations.ask(supporter=supporter, sections=sections(*slugs), at=at, **said)


def choose(supporter: Supporter, *slugs: str, at: datetime = LATER, **changes: Any) -> None:
    said: dict[str, Any] = {
        "language": "ru",
        "wording": "Chosen.",
        "source": "choices page",
        **changes,
    }
    operations.choose(supporter=supporter, sections=sections(*slugs), at=at, **said)


def stop(supporter: Supporter, slug: str, *, at: datetime = LATER) -> None:
    operations.stop(
        supporter=supporter,
        section=None if slug == EVERY else section(slug),
        wording="Stop.",
        source="broadcast:1",
        at=at,
    )


def named(choices: queries.Choices) -> Sequence[str]:
    return [EVERY] * choices.every + [each.slug for each in choices.sections]


def mailed(supporter: Supporter) -> Sequence[str]:
    """What they hear about."""
    return named(queries.choices(supporter))


def waiting(supporter: Supporter) -> Sequence[str]:
    """What their mailbox has not answered yet."""
    return named(queries.waiting(supporter))


def letters() -> Sequence[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def said(supporter: Supporter) -> Sequence[bool]:
    """Their yes and no, in order."""
    return list(supporter.consents.order_by("pk").values_list("granted", flat=True))
