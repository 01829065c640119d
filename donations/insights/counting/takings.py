"""Takings: what came in and went back on a day, by what it is divided by."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from donations.giving.models import Dispute, Donation, Refund
from donations.insights.counting.sql import Rows, clear, day, insert, union
from donations.insights.models import DayTotal, MonthTotal
from donations.insights.models.takings import Dimension

SUMS = (
    "once", "once_minor", "first", "first_minor", "renewals", "renewals_minor",
    "returned_minor", "fees_minor",
)  # fmt: skip
NOTHING = Value(0, BigIntegerField())
DIVIDED = [str(each) for each in Dimension if each != Dimension.ALL]
Window = tuple[date, date] | None


def count_days(days: Collection[date]) -> None:
    """Count these days again, and the months that they are in."""
    for window in windows(days):
        DayTotal.objects.filter(on__range=window).delete()
        count_window(window)
    for month in sorted({each.replace(day=1) for each in days}):
        count_month(month)


def count_all() -> None:
    """Every day and month from nothing."""
    clear(DayTotal.objects.all())
    count_window(None)
    clear(MonthTotal.objects.all())
    for month in months_counted():
        count_month(month)


def months_counted() -> list[date]:
    """The months of which there are days."""
    return [each.replace(day=1) for each in DayTotal.objects.dates("on", "month")]


def windows(days: Collection[date]) -> Iterator[tuple[date, date]]:
    """Days that follow each other together: an imported history is counted in few statements."""
    first = last = None
    for each in sorted(set(days)):
        if last is not None and first is not None and each - last > timedelta(days=1):
            yield first, last
            first = None
        first, last = first or each, each
    if first is not None and last is not None:
        yield first, last


def count_window(window: Window) -> None:
    """The days of a window; of all time for None.

    One statement reads the rows once, by everything that they are divided by, and adds that up for
    each dimension.
    """
    select, values = union([part(window) for part in PARTS])
    sums = ", ".join(f"SUM(n_{name}) AS n_{name}" for name in SUMS)
    keys = ", ".join(["day", "unit", *(f"v_{name}" for name in DIVIDED)])
    cube = f"SELECT {keys}, {sums} FROM {select} GROUP BY {keys}"  # noqa: S608 - ours alone
    shares = " UNION ALL ".join(
        f"SELECT day, unit, '{name}' AS what, {value} AS label, {sums}"  # noqa: S608
        f" FROM cube GROUP BY day, unit{also}"
        for name, value, also in (
            (str(Dimension.ALL), "''", ""),
            *((name, f"v_{name}", f", v_{name}") for name in DIVIDED),
        )
    )
    insert(
        DayTotal,
        columns={"on": "day", "currency": "unit", "dimension": "what", "value": "label"}
        | {name: f"n_{name}" for name in SUMS},
        select=f"({shares}) shares",
        values=values,
        before=f"WITH cube AS ({cube})",
    )


def count_month(month: date) -> None:
    """A month, from its days."""
    days = DayTotal.objects.filter(on__gte=month, on__lt=next_month(month))
    keys = days.annotate(day=Value(month), unit=F("currency"), by=F("dimension"), label=F("value"))
    select, values = union([keys.values_list("day", "unit", "by", "label", *SUMS)])
    sums = {name: f"SUM({name})" for name in SUMS}
    keyed = {"on": "day", "currency": "unit", "dimension": "by", "value": "label"}
    clear(MonthTotal.objects.filter(on=month))
    insert(
        MonthTotal,
        columns=keyed | sums,
        select=f"{select} GROUP BY day, unit, by, label",
        values=values,
    )


def next_month(month: date) -> date:
    """The first day of the next one."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def within(field: str, window: Window) -> Q:
    """Moments of these days where the newsroom is."""
    if window is None:
        return Q()
    zone = timezone.get_default_timezone()
    first, last = window
    start = datetime(first.year, first.month, first.day, tzinfo=zone)
    after = last + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=zone)
    return Q(**{f"{field}__gte": start, f"{field}__lt": end})


def labels(path: str) -> dict[str, Any]:
    """What a donation is divided by, where `path` leads to the donation."""
    return {
        "v_gateway": F(f"{path}gateway"),
        "v_language": Coalesce(F(f"{path}pledge__language"), Value("")),
        "v_article": Coalesce(Cast(f"{path}article_id", CharField()), Value("")),
        "v_campaign": campaign(path),
        "v_kind": Case(
            When(**{f"{path}subscription": None}, then=Value("once")),
            When(**{f"{path}is_first": True}, then=Value("first")),
            default=Value("renewal"),
            output_field=CharField(),
        ),
    }


def campaign(path: str) -> Case:
    """The campaign's name, else where the reader came from."""
    name, source = f"{path}pledge__utm_campaign", f"{path}pledge__utm_source"
    source_and_medium = Concat(source, Value("/"), f"{path}pledge__utm_medium")
    return Case(
        When(**{f"{path}pledge": None}, then=Value("")),
        When(~Q(**{name: ""}), then=F(name)),
        When(~Q(**{source: ""}), then=source_and_medium),
        default=Value(""),
        output_field=CharField(),
    )


def moves(rows: QuerySet[Any], at: str, currency: str, path: str, **sums: Any) -> Rows:
    """Rows as moves: their day, currency and labels, and what they add to each sum."""
    named = rows.annotate(day=day(at), unit=F(currency), **labels(path))
    added = {f"n_{name}": sums.get(name, NOTHING) for name in SUMS}
    found: Rows = named.annotate(**added).values_list("day", "unit", *labels(path), *added)
    return found


def gifts(window: Window) -> Rows:
    """Payments, with those fees that were taken in the same currency."""
    once, first = Q(subscription=None), Q(subscription__isnull=False, is_first=True)
    renewal = Q(subscription__isnull=False, is_first=False)
    sums: dict[str, Any] = {}
    for name, which in (("once", once), ("first", first), ("renewals", renewal)):
        sums[name] = Case(When(which, then=Value(1)), default=Value(0), output_field=IntegerField())
        sums[f"{name}_minor"] = Case(When(which, then=F("amount_minor")), default=NOTHING)
    own_fee = Q(fee_currency=F("currency"), fee_minor__isnull=False)
    sums["fees_minor"] = Case(When(own_fee, then=F("fee_minor")), default=NOTHING)
    rows = Donation.objects.filter(within("received_at", window))
    return moves(rows, "received_at", "currency", "", **sums)


def other_fees(window: Window) -> Rows:
    """Fees that were taken in another currency count in that, on the day of the gift."""
    known = Donation.objects.filter(within("received_at", window), fee_minor__isnull=False)
    rows = known.exclude(fee_currency=F("currency"))
    return moves(rows, "received_at", "fee_currency", "", fees_minor=F("fee_minor"))


def refunds(window: Window) -> Rows:
    """Money that went back; a refund that failed came back to us."""
    rows = Refund.objects.filter(within("refunded_at", window)).exclude(status=Refund.Status.FAILED)
    returned = F("amount_minor")
    return moves(rows, "refunded_at", "currency", "donation__", returned_minor=returned)


def lost_disputes(window: Window) -> Rows:
    """The bank takes the money when a dispute is opened, so that is its day."""
    rows = Dispute.objects.filter(within("opened_at", window), status=Dispute.Status.LOST)
    returned = F("amount_minor")
    return moves(rows, "opened_at", "currency", "donation__", returned_minor=returned)


PARTS = (gifts, other_fees, refunds, lost_disputes)
