"""One-off gifts of the same people: the months in which each gave, and who came back."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from donations.giving.models import Donation
from donations.insights.counting.people import People, of
from donations.insights.counting.sql import clear, insert, month, union
from donations.insights.models import GiftMonth, RepeatTotal

KEPT = ("supporter_id", "currency", "month", "gifts", "before", "previous")


def count_people(people: Collection[int]) -> None:
    """The months of these, and the totals of those months that are other than before."""
    if not people:
        return
    mine = GiftMonth.objects.filter(of(people, "supporter_id"))
    before = set(mine.values_list(*KEPT))
    clear(mine)
    write_months(people)
    after = set(mine.all().values_list(*KEPT))
    count_months({row[2] for row in before ^ after})


def count_all() -> None:
    """Everybody's."""
    clear(GiftMonth.objects.all())
    write_months(None)
    clear(RepeatTotal.objects.all())
    write_totals(GiftMonth.objects.all())


def write_months(people: People) -> None:
    """Each month of each person, with what came before it."""
    once = Donation.objects.filter(of(people, "supporter_id"), supporter__isnull=False)
    grouped = (
        once.filter(subscription=None)
        .annotate(who=F("supporter_id"), unit=F("currency"), month=month("received_at"))
        .values("who", "unit", "month")
        .order_by()
        .annotate(n=Count("pk"))
    )
    select, values = union([grouped.values_list("who", "unit", "month", "n")])
    person = "PARTITION BY who, unit ORDER BY month"
    columns = {
        "supporter_id": "who",
        "currency": "unit",
        "month": "month",
        "gifts": "n",
        "before": f"SUM(n) OVER ({person} ROWS UNBOUNDED PRECEDING) - n",
        "previous": f"LAG(month) OVER ({person})",
    }
    insert(GiftMonth, columns=columns, select=select, values=values)


def count_months(months: Collection[date]) -> None:
    """The totals of these months."""
    for each in sorted(months):
        RepeatTotal.objects.filter(month=each).delete()
        write_totals(GiftMonth.objects.filter(month=each))


def write_totals(rows: QuerySet[GiftMonth]) -> None:
    """People by month and by the month in which they gave before."""
    grouped = (
        rows.annotate(unit=F("currency"), at=F("month"), last=F("previous"))
        .values("unit", "at", "last")
        .order_by()
        .annotate(
            people=Count("pk"),
            twice=Count("pk", filter=Q(before=0, gifts__gte=2)),
            second=Count("pk", filter=Q(before=1)),
        )
    )
    select, values = union([grouped.values_list("unit", "at", "last", "people", "twice", "second")])
    columns = {
        "currency": "unit", "month": "at", "previous": "last", "people": "people",
        "at_once": "twice", "second": "second",
    }  # fmt: skip
    insert(RepeatTotal, columns=columns, select=select, values=values)
