"""Two records with anything in them, and all that a merge may touch."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from donations.care.models import Note
from donations.giving.models import Attribution, Donation, Pledge, Subscription
from donations.models import Consent, Follow, Section, Suggestion, Suppression, User, Vote
from donations.supporters.models import Supporter

NUMBERS = count(1)
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
STATES = ("none", "waiting", "active", "ended")
LIVES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "Ana", "Ion"]),
        "is_proved": st.booleans(),
        "has_login": st.booleans(),
        "follows": st.lists(st.sampled_from(STATES), min_size=4, max_size=4),
        "said": st.lists(st.booleans(), max_size=2),
        "gifts": st.integers(0, 2),
        "agreements": st.integers(0, 1),
        "votes": st.lists(st.booleans(), min_size=3, max_size=3),
        "notes": st.integers(0, 1),
        "suppressed": st.sampled_from(["", "", "asked", "bounced"]),
    }
)


def three_sections() -> list[Section | None]:
    """And the one that is every section."""
    named = [
        Section.objects.get_or_create(slug=f"s{n}", names={"en": f"S{n}"})[0] for n in range(3)
    ]
    Section.objects.exclude(pk__in=[each.pk for each in named]).mark_closed()
    return [*named, None]


def suggestions() -> list[Suggestion]:
    said = {"language": "ro", "state": "open", "created_at": NOON, "changed_at": NOON}
    return [Suggestion.objects.create(title=f"Topic {number}", **said) for number in range(3)]


def a_record(life: dict[str, Any], topics: list[Suggestion]) -> Supporter:
    """Somebody with this life."""
    number = next(NUMBERS)
    email = f"person{number}@example.org"
    user = User.objects.create_user(f"login{number}@example.org") if life["has_login"] else None
    person = Supporter.objects.create(
        email=email,
        name=life["name"],
        language="ro",
        user=user,
        created_at=NOON,
        proved_at=NOON if life["is_proved"] else None,
    )
    follow_all(person, life["follows"])
    for place, granted in enumerate(life["said"]):
        Consent.objects.create(
            supporter=person, purpose="topics", granted=granted, wording="W",
            source=f"s{place}", at=NOON + timedelta(hours=place),
        )  # fmt: skip
    give(person, gifts=life["gifts"], agreements=life["agreements"])
    for topic, is_backed in zip(topics, life["votes"], strict=True):
        if is_backed:
            Vote.objects.create(suggestion=topic, cast_for=topic, supporter=person, at=NOON)
    for place in range(life["notes"]):
        Note.objects.create(supporter=person, text=f"Note {place}", at=NOON)
    if life["suppressed"]:
        Suppression.objects.create(email=email, reason=life["suppressed"], source="x", at=NOON)
    return person


def follow_all(person: Supporter, states: list[str]) -> None:
    for section, state in zip(three_sections(), states, strict=True):
        if state != "none":
            Follow.objects.create(
                supporter=person,
                section=section,
                language="ro",
                asked_at=NOON,
                confirmed_at=NOON if state == "active" else None,
                ended_at=NOON if state == "ended" else None,
            )


def give(person: Supporter, *, gifts: int = 1, agreements: int = 0) -> None:
    for _each in range(gifts):
        number = next(NUMBERS)
        pledge = Pledge.objects.create(
            amount_minor=500, currency="EUR", interval="once", method="card", language="ro",
            supporter=person, fingerprint=f"w{number}", status="fulfilled", created_at=NOON,
        )  # fmt: skip
        gift = a_donation(f"w{number}", supporter=person, pledge=pledge)
        Attribution.objects.create(donation=gift, supporter=person, action="attached", at=NOON)
    for _each in range(agreements):
        number = next(NUMBERS)
        agreement = Subscription.objects.create(
            gateway="stripe", gateway_ref=f"sub{number}", status="active", amount_minor=500,
            currency="EUR", interval="month", supporter=person, observed_at=NOON, created_at=NOON,
        )  # fmt: skip
        a_donation(f"i{number}", supporter=person, subscription=agreement)


def a_donation(ref: str, **whose: Any) -> Donation:
    return Donation.objects.create(
        gateway="stripe", gateway_ref=ref, amount_minor=500, currency="EUR",
        received_at=NOON, recorded_at=whose.pop("recorded_at", NOON), **whose,
    )  # fmt: skip


def everything() -> dict[str, list[Any]]:
    """Whose each row is, and how it stands."""
    owned = (Pledge, Donation, Subscription, Attribution, Consent, Note, Suggestion)
    found: dict[str, list[Any]] = {
        model.__name__: list(model._base_manager.order_by("pk").values_list("pk", "supporter"))
        for model in owned
    }
    found["follows"] = list(Follow.objects.order_by("pk").values_list())
    found["votes"] = list(Vote.objects.order_by("pk").values_list())
    found["people"] = list(Supporter.everybody.order_by("pk").values_list())
    return found
