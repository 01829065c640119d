"""What agreements that go on will bring, by the day on which they take money next."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Q, Sum

from donations.giving.models import Subscription
from donations.insights.counting.sql import clear, day, insert, union
from donations.insights.counting.takings import Window, windows, within
from donations.insights.models import DueTotal


def count_days(days: Collection[date]) -> None:
    """Count these days again."""
    for window in windows(days):
        DueTotal.objects.filter(on__range=window).delete()
        write(window)


def count_all() -> None:
    """Every day."""
    clear(DueTotal.objects.all())
    write(None)


def write(window: Window) -> None:
    """Active agreements that nobody has stopped."""
    going_on = Q(status=Subscription.Status.ACTIVE, cancel_at=None, period_end__isnull=False)
    rows = Subscription.objects.filter(going_on, within("period_end", window))
    grouped = (
        rows.annotate(day=day("period_end"), unit=F("currency"), rhythm=F("interval"))
        .values("day", "unit", "rhythm")
        .order_by()
        .annotate(n=Count("pk"), amount=Sum("amount_minor"))
    )
    select, values = union([grouped.values_list("day", "unit", "rhythm", "n", "amount")])
    columns = {
        "on": "day", "currency": "unit", "interval": "rhythm", "agreements": "n",
        "amount_minor": "amount",
    }  # fmt: skip
    insert(DueTotal, columns=columns, select=select, values=values)
