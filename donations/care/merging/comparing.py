"""Two records side by side, before they become one."""

from collections.abc import Sequence
from dataclasses import dataclass

from donations.care.models import Note
from donations.care.people import Person, person_of
from donations.care.standing import Total, agreements_of, totals_of
from donations.giving.models import Donation, Subscription
from donations.sections.models import Follow
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, Vote


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one record has."""

    person: Person
    totals: Sequence[Total]
    agreements: Sequence[Subscription]
    gifts: int
    follows: Sequence[Follow]
    suggestions: int
    votes: int
    notes: int


def side_of(supporter: Supporter) -> Side:
    """Everything that would move."""
    person = person_of(supporter)
    return Side(
        person=person,
        totals=totals_of(person),
        agreements=agreements_of(person),
        gifts=Donation.objects.filter(supporter=supporter).count(),
        follows=list(supporter.follows.active().select_related("section").order_by("pk")),
        suggestions=Suggestion.objects.filter(supporter=supporter).count(),
        votes=Vote.objects.filter(supporter=supporter).count(),
        notes=Note.objects.filter(supporter=supporter).count(),
    )
