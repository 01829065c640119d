"""The people of a broadcast, each with what became of it.

Pages are told apart by the person they begin after, not by a number: the last of half a million
is as near as the first, and no address stands in a link.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.models.delivery import DeliveryQuerySet
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.broadcasts import finding, words
from donations.web.staff.shell import show

PER_PAGE, LONGEST, MAX_WORDS = 50, 100, 5
# What the database's numbers can hold.
DIGITS = 18
State = Delivery.State
# One filter for each; what is on the wire is still waiting to whoever looks.
FILTERS = {
    "waiting": (State.PENDING, State.CLAIMED),
    "sent": (State.SENT,),
    "failed": (State.FAILED,),
    "uncertain": (State.UNCERTAIN,),
    "withdrawn": (State.WITHDRAWN,),
    "excluded": (State.EXCLUDED,),
}
FILTER_WORDS = {
    "waiting": words.DELIVERIES[State.PENDING],
    "sent": words.DELIVERIES[State.SENT],
    "failed": words.DELIVERIES[State.FAILED],
    "uncertain": words.DELIVERIES[State.UNCERTAIN],
    "withdrawn": words.DELIVERIES[State.WITHDRAWN],
    "excluded": words.DELIVERIES[State.EXCLUDED],
}


@dataclass(frozen=True)
class Person:
    """A recipient, or somebody who gets nothing."""

    delivery: Delivery

    @property
    def state(self) -> words.Words:
        """How it stands."""
        return words.DELIVERIES[self.delivery.state]

    @property
    def why(self) -> words.Words:
        """Why it is not simply sent: our own reason, or what the other side said."""
        return words.REASONS.get(self.delivery.reason) or words.error(self.delivery.error)

    @property
    def afterwards(self) -> list[str]:
        """What came back since it was sent."""
        its = self.delivery
        told = (
            (its.delivered_at, _("arrived")),
            (its.bounced_at, _("came back")),
            (its.complained_at, _("was reported as spam")),
            (its.unsubscribed_at, _("unsubscribed by this mail's link")),
        )
        return [what for at, what in told if at]

    @property
    def language(self) -> str:
        """In words."""
        return words.language_name(self.delivery.language)


@dataclass(frozen=True)
class Slice:
    """A page of people, and the persons that its neighbours begin at."""

    people: list[Person]
    is_first: bool
    is_last: bool

    @property
    def first(self) -> int:
        """The number of the first one's row."""
        return self.people[0].delivery.pk

    @property
    def last(self) -> int:
        """The number of the last one's row."""
        return self.people[-1].delivery.pk


@allowed(Right.PEOPLE)
@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """By address, fifty at a time; by state, and by a part of name or address."""
    broadcast = finding.one(pk)
    state = request.GET.get("state", "")
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    context = {
        "broadcast": broadcast,
        "title": words.title(broadcast),
        "state": state if state in FILTERS else "",
        "sought": sought,
        "filters": FILTER_WORDS.items(),
        "slice": sliced(broadcast, chosen(broadcast, state, sought), request),
    }
    return show(request, "staff/broadcasts/people.html", context)


def chosen(broadcast: Broadcast, state: str, sought: str) -> DeliveryQuerySet:
    """Those in this state whose name or address has every word in it."""
    found = Delivery.objects.filter(broadcast=broadcast)
    if state in FILTERS:
        found = found.filter(state__in=FILTERS[state])
    for word in sought.split()[:MAX_WORDS]:
        found = found.filter(Q(email__icontains=word) | Q(name__icontains=word))
    return found


def sliced(broadcast: Broadcast, found: DeliveryQuerySet, request: HttpRequest) -> Slice:
    """The page after a person, before one, the last, or the first."""
    if after := address(broadcast, request.GET.get("after", "")):
        rows = list(found.filter(email__gt=after).order_by("email")[: PER_PAGE + 1])
        return Slice(shown(rows[:PER_PAGE]), is_first=False, is_last=len(rows) <= PER_PAGE)
    before = address(broadcast, request.GET.get("before", ""))
    if before or "last" in request.GET:
        earlier = found.filter(email__lt=before) if before else found
        rows = list(earlier.order_by("-email")[: PER_PAGE + 1])
        backwards = rows[:PER_PAGE][::-1]
        return Slice(shown(backwards), is_first=len(rows) <= PER_PAGE, is_last=not before)
    rows = list(found.order_by("email")[: PER_PAGE + 1])
    return Slice(shown(rows[:PER_PAGE]), is_first=True, is_last=len(rows) <= PER_PAGE)


def shown(rows: list[Delivery]) -> list[Person]:
    """Ready to be told of."""
    return [Person(row) for row in rows]


def address(broadcast: Broadcast, number: str) -> str:
    """Of the person with this number; blank for nobody of this broadcast."""
    if not number.isdecimal() or len(number) > DIGITS:
        return ""
    rows = Delivery.objects.filter(broadcast=broadcast, pk=int(number))
    return rows.values_list("email", flat=True).first() or ""
