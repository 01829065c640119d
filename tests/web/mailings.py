"""What tests of the room of broadcasts share: a topic, its followers, a mailing in any state."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast, Delivery
from donations.outlet.models import Outlet
from donations.outlet.queries import CACHE_KEY
from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter, User
from donations.topics.models import Topic, TopicText
from tests.web.desk import NOON

NUMBERS = count(1)


def a_topic(**changes: Any) -> Topic:
    """Published, and told in English and Romanian."""
    told: dict[str, Any] = {
        "section": Section.objects.get(slug="politics"),
        "slug": f"bridges-{next(NUMBERS)}",
        "state": "published",
        "language": "ro",
        "created_at": NOON,
        "changed_at": NOON,
        "published_at": NOON,
        **changes,
    }
    topic = Topic.objects.create(**told)
    for language, title in (("en", "Who owns the bridges?"), ("ro", "Ale cui sunt podurile?")):
        TopicText.objects.create(topic=topic, language=language, title=title, body="A *toll*.")
    return topic


def a_follower(email: str = "", *, language: str = "en", **changes: Any) -> Supporter:
    """Somebody who asked for Politics and confirmed it."""
    email = email or f"reader{next(NUMBERS):03}@example.org"
    supporter = Supporter.objects.create(email=email, language=language, created_at=NOON)
    wanted = {"section": Section.objects.get(slug="politics"), "confirmed_at": NOON, **changes}
    Follow.objects.create(supporter=supporter, language=language, asked_at=NOON, **wanted)
    return supporter


def a_draft(by: User, **topic: Any) -> Broadcast:
    """About a topic of its own."""
    return broadcasts.draft(topic=a_topic(**topic), by=by, at=NOON)


def scheduled(by: User, *, hours: int = 1) -> Broadcast:
    """To be begun in an hour."""
    draft, now = a_draft(by), timezone.now()
    wait = timedelta(hours=hours)
    broadcasts.schedule(
        broadcast=draft, send_at=now + wait, max_lateness=timedelta(hours=6), by=by, at=now
    )
    draft.refresh_from_db()
    return draft


def begun(by: User) -> Broadcast:
    """Its list is written, and nothing has left yet."""
    draft, now = a_draft(by), timezone.now()
    broadcasts.schedule(
        broadcast=draft, send_at=now, max_lateness=timedelta(hours=6), by=by, at=now
    )
    broadcasts.run_due(at=now)
    draft.refresh_from_db()
    return draft


def forgotten(by: User) -> Broadcast:
    """Its time was over before the service could begin it."""
    planned = scheduled(by)
    broadcasts.run_due(at=timezone.now() + timedelta(hours=8))
    planned.refresh_from_db()
    return planned


def four_eyes() -> None:
    """The newsroom wants a second pair."""
    Outlet.objects.update(needs_four_eyes=True)
    cache.delete(CACHE_KEY)


def settle(broadcast: Broadcast, **states: int) -> None:
    """So many of those who wait are sent, failed, uncertain; the rest wait on."""
    waiting = list(broadcast.deliveries.filter(state="pending").order_by("email"))
    changes: dict[str, dict[str, Any]] = {
        "sent": {"state": "sent", "sent_at": NOON},
        "failed": {"state": "failed", "error": "550 5.7.1 not here"},
        "uncertain": {"state": "uncertain", "error": "the sending process was lost"},
    }
    for state, number in states.items():
        for row in waiting[:number]:
            Delivery.objects.filter(pk=row.pk).update(**changes[state])
        waiting = waiting[number:]
    broadcasts.run_due(at=timezone.now())
    broadcast.refresh_from_db()


def questions(desk: Client, address: str) -> int:
    """How often a page asks the database, beyond what every page of the desk asks."""
    asked = []
    # The page of the footer asks for nothing of its own.
    for each in ("/staff/footer/", address):
        desk.get(each)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(each).status_code == 200
        asked.append(len(captured))
    return asked[1] - asked[0]
