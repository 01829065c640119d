"""Our sums against the provider's, day by day; every figure comes from rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from donations.giving import paidout
from donations.giving.models import Donation
from donations.money import Money
from donations.reconciliation import queries
from donations.reconciliation.models import DayComparison, NotOurs
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.payouts.words import KIND_OF_ONE, PROVIDERS
from donations.web.staff.shell import show

PER_PAGE = 60
REFRESH_SECONDS = 3
PARTS: Mapping[str, Promise] = {
    "gross": _("Gifts"),
    "fees": _("Fees"),
    "returned": _("Refunds and disputes"),
    "paid_out": _("Paid out to the bank"),
}


@dataclass(frozen=True)
class Figure:
    """One sum on both sides."""

    name: Promise
    ours: Money
    theirs: Money

    @property
    def difference(self) -> Money | None:
        """What they have more; None when the two are equal."""
        minor = self.theirs.minor - self.ours.minor
        return Money(minor, self.ours.currency) if minor else None


@dataclass(frozen=True)
class Entry:
    """One thing that differs."""

    told: Mapping[str, Any]
    currency: str
    donation: Donation | None = None
    # What a colleague said of it; with another amount it differs all the same.
    said: NotOurs | None = None

    @property
    def ref(self) -> str:
        """The provider's id of it."""
        return str(self.told["ref"])

    @property
    def code(self) -> str:
        """What it is, as the row has it."""
        return str(self.told.get("kind", ""))

    @property
    def kind(self) -> Promise | str:
        """In a word; of what only we have the name says it."""
        return KIND_OF_ONE.get(self.code, "")

    @property
    def source(self) -> str:
        """What made it there."""
        return str(self.told.get("payment") or self.told.get("source") or "")

    @property
    def ours(self) -> Money | None:
        """What it did to the balance in our books."""
        return self.amount("ours")

    @property
    def theirs(self) -> Money | None:
        """What it did there."""
        return self.amount("theirs")

    def amount(self, name: str) -> Money | None:
        """None where that side has nothing."""
        return Money(self.told[name], self.currency) if name in self.told else None


@dataclass(frozen=True)
class Day:
    """A day at one provider in one currency."""

    row: DayComparison

    @property
    def provider(self) -> str:
        """Whose."""
        return PROVIDERS.get(self.row.gateway, self.row.gateway)

    @property
    def figures(self) -> list[Figure]:
        """The four sums."""
        row = self.row
        return [
            Figure(
                name,
                Money(getattr(row, f"ours_{part}"), row.currency),
                Money(getattr(row, f"theirs_{part}"), row.currency),
            )
            for part, name in PARTS.items()
        ]

    @property
    def gross(self) -> Figure:
        """Of gifts: what the list shows."""
        return self.figures[0]

    @property
    def beside(self) -> Money | None:
        """What moved there and is not about gifts, or not ours."""
        minor = self.row.theirs_beside
        return Money(minor, self.row.currency) if minor else None


@allowed(Right.MONEY)
@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """What differs, what stands where, and each day."""
    wrong = request.GET.get("show") == "wrong"
    rows = list(queries.days(wrong=wrong, before=before(request))[: PER_PAGE + 1])
    running, last = queries.latest()
    context = {
        "wrong": wrong,
        "days": [Day(row) for row in rows[:PER_PAGE]],
        "next": rows[PER_PAGE].day if len(rows) > PER_PAGE else None,
        "balances": [(PROVIDERS.get(row.gateway, row.gateway), row) for row in queries.balances()],
        "running": running,
        "last": last,
        "today": timezone.localdate(),
    }
    response = show(request, "staff/reconciliation/list.html", context)
    if running:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def before(request: HttpRequest) -> date | None:
    """From which day on downwards."""
    try:
        return parse_date(request.GET.get("before", ""))
    except ValueError:
        return None


@allowed(Right.MONEY)
@require_safe
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides of each sum, and what differs by id."""
    row = get_object_or_404(DayComparison, pk=pk)
    running, last = queries.latest()
    context = {
        "day": Day(row),
        "running": running,
        "last": last,
        "today": timezone.localdate(),
        **lists_of(row),
    }
    response = show(request, "staff/reconciliation/day.html", context)
    if running:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def lists_of(row: DayComparison) -> dict[str, list[Entry]]:
    """The four lists, with the donations that their payments are about, and what was said."""
    told = {
        "only_theirs": row.only_theirs,
        "differing": row.differing,
        "only_ours": row.only_ours,
        "not_ours": row.not_ours,
    }
    refs = [entry.get("payment", "") for entries in told.values() for entry in entries]
    found = paidout.donations_paid_by(gateway=row.gateway, payment_refs=refs)
    said = queries.said_not_ours(row)
    return {
        name: [
            Entry(
                each,
                row.currency,
                found.get(each.get("payment", "")),
                said.get((each.get("kind", ""), each["ref"])),
            )
            for each in entries
        ]
        for name, entries in told.items()
    }
