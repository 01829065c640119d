"""What may be asked about comparisons: rows only, no provider."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from donations.reconciliation.models import BalanceComparison, Comparison, DayComparison, NotOurs

# A difference younger than that may be a notification that is late.
PATIENCE = timedelta(days=1)


def waiting_for_staff() -> QuerySet[DayComparison]:
    """The days that have differed for longer than that."""
    since = timezone.now() - PATIENCE
    return DayComparison.objects.wrong().filter(wrong_since__lte=since)


def days(
    *, gateway: str = "", currency: str = "", wrong: bool = False, before: date | None = None
) -> QuerySet[DayComparison]:
    """The newest first."""
    rows = DayComparison.objects.order_by("-day", "gateway", "currency")
    if gateway:
        rows = rows.filter(gateway=gateway)
    if currency:
        rows = rows.filter(currency=currency)
    if before:
        rows = rows.filter(day__lte=before)
    return rows.wrong() if wrong else rows


def balances() -> list[BalanceComparison]:
    """As they stood at the last look."""
    return list(BalanceComparison.objects.order_by("gateway", "currency"))


def latest() -> tuple[Comparison | None, Comparison | None]:
    """What was asked for and is not done yet, and the newest that came to an end: one question."""
    begun = Comparison.objects.filter(ended_at=None).order_by("asked_at")
    ended = Comparison.objects.filter(ended_at__isnull=False).order_by("-asked_at")
    either = Q(pk=Subquery(begun.values("pk")[:1])) | Q(pk=Subquery(ended.values("pk")[:1]))
    found = {row.ended_at is None: row for row in Comparison.objects.filter(either)}
    return found.get(True), found.get(False)


def said_not_ours(row: DayComparison) -> dict[tuple[str, str], NotOurs]:
    """What colleagues said of the moves that a day lists, by kind and id; one question."""
    refs = [str(entry["ref"]) for entry in (*row.only_theirs, *row.not_ours)]
    said = NotOurs.objects.standing().about(gateway=row.gateway, refs=refs)
    return {(each.kind, each.ref): each for each in said.filter(currency=row.currency)}
