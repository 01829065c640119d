"""What is one supporter's own. Every question here names whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from donations.giving.models import Donation, Subscription
from donations.supporters.models import Supporter

PER_PAGE = 25


@dataclass(frozen=True, kw_only=True)
class Gifts:
    """Some of them, the newest first, and where the earlier ones begin."""

    rows: Sequence[Donation]
    earlier_than: Donation | None


def gifts_of(supporter: Supporter) -> "QuerySet[Donation]":
    """All that arrived from them, with what went back."""
    theirs = Donation.objects.filter(supporter=supporter)
    known = theirs.select_related("article", "subscription", "pledge", "supporter")
    return known.prefetch_related("refunds", "disputes")


def newest_gifts(
    supporter: Supporter, *, before: Donation | None = None, limit: int = PER_PAGE
) -> Gifts:
    """A page of them: those that came before that one, or the newest."""
    rows = gifts_of(supporter).order_by("-received_at", "-pk")
    if before is not None:
        at, number = before.received_at, before.pk
        rows = rows.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=number))
    found = list(rows[: limit + 1])
    page = found[:limit]
    return Gifts(rows=page, earlier_than=page[-1] if len(found) > limit else None)


def gift_of(supporter: Supporter, number: int | None) -> Donation | None:
    """One of theirs; None for anybody else's, as for none at all."""
    return None if number is None else gifts_of(supporter).filter(pk=number).first()


def years_of(supporter: Supporter) -> list[tuple[int, str]]:
    """Each year and currency in which they gave, the newest first."""
    here = timezone.get_default_timezone()
    given = Donation.objects.filter(supporter=supporter)
    dated = given.annotate(year=ExtractYear("received_at", tzinfo=here))
    rows = dated.values_list("year", "currency").distinct().order_by("-year", "currency")
    return list(rows)


def gifts_in(
    supporter: Supporter, *, start: datetime, end: datetime, currency: str
) -> list[Donation]:
    """Of one currency, from one moment to before another, the oldest first."""
    rows = gifts_of(supporter).filter(
        currency=currency, received_at__gte=start, received_at__lt=end
    )
    return list(rows.order_by("received_at", "pk"))


def agreements_of(supporter: Supporter) -> "QuerySet[Subscription]":
    """To give again: those that run, and those that are over."""
    return Subscription.objects.filter(supporter=supporter).order_by("-created_at", "-pk")


def agreement_of(supporter: Supporter, token: str) -> Subscription | None:
    """One of theirs; None for anybody else's, as for none at all."""
    return agreements_of(supporter).filter(token=token).first()
