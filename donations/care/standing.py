"""How a supporter stands: what they gave in each currency, what they agreed to, where mail goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Max, Q, Sum, When

from donations.care.people import Person
from donations.giving.models import Dispute, Donation, Refund, RefundOrder, Subscription
from donations.money import Money
from donations.outbox.models import Suppression

CONTESTED = (Dispute.Status.OPEN, Dispute.Status.LOST)


@dataclass(frozen=True, kw_only=True)
class Total:
    """In one currency; never summed with another."""

    count: int
    given: Money
    returned: Money
    last_at: datetime


def totals_of(person: Person) -> list[Total]:
    """What was given and what went back again, by currency; the latest first."""
    gifts = Donation.objects.filter(supporter__in=person.ids)
    returned: dict[str, int] = {}
    for rows in (
        Refund.objects.exclude(status=Refund.Status.FAILED),
        Dispute.objects.filter(status__in=CONTESTED),
    ):
        theirs = rows.filter(donation__in=gifts).values("currency")
        for row in theirs.annotate(sum=Sum("amount_minor")).order_by():
            returned[row["currency"]] = returned.get(row["currency"], 0) + row["sum"]
    sums = gifts.values("currency").annotate(
        count=Count("pk"), sum=Sum("amount_minor"), last=Max("received_at")
    )
    return [
        Total(
            count=row["count"],
            given=Money(row["sum"], row["currency"]),
            returned=Money(returned.get(row["currency"], 0), row["currency"]),
            last_at=row["last"],
        )
        for row in sums.order_by("-last")
    ]


def agreements_of(person: Person) -> Sequence[Subscription]:
    """The running ones first, then those that ended, the latest first."""
    has_ended = Case(When(status=Subscription.Status.CANCELED, then=1), default=0)
    found = Subscription.objects.filter(supporter__in=person.ids)
    return list(found.order_by(has_ended, "-created_at", "-pk"))


def suppressions_of(person: Person) -> Sequence[Suppression]:
    """Why their addresses are left alone."""
    return list(Suppression.objects.filter(email__in=person.addresses).order_by("email", "-at"))


def unanswered_orders(person: Person) -> Sequence[RefundOrder]:
    """Refunds that were asked for, and nobody knows yet what became of them."""
    theirs = Q(donation__supporter__in=person.ids)
    found = RefundOrder.objects.open().filter(theirs).select_related("donation")
    return list(found.order_by(F("asked_at").desc()))
