"""Exactly those who asked: by section, language and kind of support."""

from datetime import datetime

import pytest

from donations.broadcasts import queries
from donations.broadcasts.models import Broadcast
from donations.giving.models import Donation, Subscription
from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter
from tests.broadcasts.conftest import MakeFollower

pytestmark = pytest.mark.django_db


def gave(supporter: Supporter, at: datetime) -> None:
    Donation.objects.create(
        gateway="manual",
        gateway_ref=f"cash-{supporter.pk}",
        amount_minor=500,
        currency="EUR",
        supporter=supporter,
        received_at=at,
        recorded_at=at,
    )


def agreed(supporter: Supporter, status: str, at: datetime) -> None:
    Subscription.objects.create(
        gateway="manual",
        gateway_ref=f"{supporter.pk}-{status}",
        status=status,
        amount_minor=500,
        currency="EUR",
        interval="month",
        supporter=supporter,
        observed_at=at,
        created_at=at,
    )


def test_followers_of_another_section_are_nobody(
    broadcast: Broadcast, follower: MakeFollower
) -> None:
    follower(1)
    follower(2, section=Section.objects.get(slug="economy"))
    follower(3, section=None)
    found = queries.count(broadcast)
    assert (found.candidates, found.recipients, found.excluded) == (2, 2, {})
    broadcast.to_every_section = True
    assert queries.count(broadcast).recipients == 3


def test_a_gift_is_no_consent(broadcast: Broadcast, at: datetime) -> None:
    giver = Supporter.objects.create(
        email="giver@example.org", language="en", created_at=at, proved_at=at
    )
    gave(giver, at)
    broadcast.to_every_section = True
    assert queries.count(broadcast).candidates == 0


def test_by_language(broadcast: Broadcast, follower: MakeFollower) -> None:
    for number, language in enumerate(("en", "ro", "ro", "ru")):
        follower(number, language=language)
    assert queries.count(broadcast).by_language == {"en": 1, "ro": 2, "ru": 1}
    broadcast.languages = ["ro", "ru"]
    assert queries.count(broadcast).by_language == {"ro": 2, "ru": 1}


def test_somebody_with_two_follows_is_one(
    broadcast: Broadcast, follower: MakeFollower, at: datetime
) -> None:
    """The follow that stands counts, and its language."""
    one = follower(1, ended_at=at, language="ro")
    Follow.objects.create(supporter=one, language="en", asked_at=at, confirmed_at=at)
    found = queries.count(broadcast)
    assert (found.candidates, found.by_language) == (1, {"en": 1})


def test_by_kind_of_support(broadcast: Broadcast, follower: MakeFollower, at: datetime) -> None:
    monthly, once, lapsed, back, reader = (follower(number) for number in range(5))
    agreed(monthly, "active", at)
    gave(once, at)
    agreed(lapsed, "canceled", at)
    agreed(back, "canceled", at)
    agreed(back, "past_due", at)
    for support, expected in {
        "all": 5,
        "recurring": 2,
        "once": 1,
        "lapsed": 1,
    }.items():
        broadcast.support = support
        assert queries.count(broadcast).recipients == expected, support
    assert reader.pk
