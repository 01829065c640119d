"""Supporters: what each gave, and how they stand."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from donations.giving.models import Dispute, Donation, Refund, Subscription
from donations.insights.counting.sql import Rows, clear, insert, union
from donations.insights.models import Standing, SupporterTotal
from donations.supporters.models import Supporter

NEVER_STARTED = "never_started"
NOTHING = Value(0, BigIntegerField())
People = Collection[int] | None


def of(people: People, field: str) -> Q:
    """These; everybody for None."""
    return Q() if people is None else Q(**{f"{field}__in": people})


def count_people(people: People) -> None:
    """Their totals, then how they stand, which is read from those."""
    if people is not None and not people:
        return
    count_totals(people)
    count_standings(people)


def count_totals(people: People) -> None:
    """What each gave and got back, by currency."""
    given = Donation.objects.filter(of(people, "supporter_id"), supporter__isnull=False)
    refunded = Refund.objects.exclude(status=Refund.Status.FAILED)
    lost = Dispute.objects.filter(status=Dispute.Status.LOST)
    parts = [
        given.annotate(
            who=F("supporter_id"), unit=F("currency"), number=Value(1), given=F("amount_minor"),
            back=NOTHING, at=F("received_at"),
        ).values_list("who", "unit", "number", "given", "back", "at"),
        *(returned(rows, people) for rows in (refunded, lost)),
    ]  # fmt: skip
    select, values = union(parts)
    clear(SupporterTotal.objects.filter(of(people, "supporter_id")))
    insert(
        SupporterTotal,
        columns={
            "supporter_id": "who", "currency": "unit", "gifts": "SUM(number)",
            "given_minor": "SUM(given)", "returned_minor": "SUM(back)",
            "first_at": "MIN(at)", "last_at": "MAX(at)",
        },
        select=f"{select} GROUP BY who, unit",
        values=values,
    )  # fmt: skip


def returned(rows: QuerySet[Any], people: People) -> Rows:
    """What went back, at the moment of the gift that it was of."""
    mine = rows.filter(of(people, "donation__supporter_id"), donation__supporter__isnull=False)
    found: Rows = mine.annotate(
        who=F("donation__supporter_id"), unit=F("currency"), number=Value(0), given=NOTHING,
        back=F("amount_minor"), at=F("donation__received_at"),
    ).values_list("who", "unit", "number", "given", "back", "at")  # fmt: skip
    return found


def count_standings(people: People) -> None:
    """One row for each supporter."""
    given = SupporterTotal.objects.filter(supporter=OuterRef("pk")).order_by().values("supporter")
    rows = (
        Supporter.objects.filter(of(people, "pk"))
        .annotate(
            number=Coalesce(Subquery(given.annotate(n=Sum("gifts")).values("n")), Value(0)),
            first=Subquery(given.annotate(n=Min("first_at")).values("n")),
            last=Subquery(given.annotate(n=Max("last_at")).values("n")),
        )
        .annotate(who=F("pk"), kind=kind(), latest=Coalesce("last", "created_at"))
    )
    select, values = union([rows.values_list("who", "kind", "number", "first", "last", "latest")])
    clear(Standing.objects.filter(of(people, "supporter_id")))
    insert(
        Standing,
        columns={
            "supporter_id": "who", "kind": "kind", "gifts": "number", "first_gift_at": "first",
            "last_gift_at": "last", "latest_at": "latest",
        },
        select=select,
        values=values,
    )  # fmt: skip


def kind() -> Case:
    """A payment that fails comes first: it needs a hand, whatever else goes well."""
    mine = Subscription.objects.filter(supporter=OuterRef("pk"))
    status = Subscription.Status
    ended = mine.filter(status=status.CANCELED).exclude(end_reason=NEVER_STARTED)
    return Case(
        When(Exists(mine.filter(status=status.PAST_DUE)), then=Value(Standing.Kind.TROUBLED)),
        When(Exists(mine.filter(status=status.ACTIVE)), then=Value(Standing.Kind.REGULAR)),
        When(Exists(mine.filter(status=status.PAUSED)), then=Value(Standing.Kind.PAUSED)),
        When(Exists(ended), then=Value(Standing.Kind.LAPSED)),
        When(number__gt=0, then=Value(Standing.Kind.ONCE)),
        default=Value(Standing.Kind.NONE),
        output_field=CharField(),
    )
