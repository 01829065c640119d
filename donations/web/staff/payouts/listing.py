"""What providers moved to the bank, the newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from donations.giving import paidout
from donations.giving.models import Payout
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.payouts.words import PROVIDERS, STATES
from donations.web.staff.shell import show

PER_PAGE = 50
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A moment in microseconds and a row: after this one the page begins.
AFTER = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Listed:
    """A payout, in words."""

    row: Payout

    @property
    def provider(self) -> str:
        """Who paid it."""
        return PROVIDERS.get(self.row.gateway, self.row.gateway)

    @property
    def state(self) -> Promise:
        """How far it came."""
        return STATES[self.row.status]


@allowed(Right.MONEY)
@require_safe
def payouts(request: HttpRequest) -> HttpResponse:
    """Of one currency or of all; each amount for itself, there is no sum."""
    currencies = paidout.currencies()
    currency = request.GET.get("currency", "")
    currency = currency if currency in currencies else ""
    rows = list(page_of(currency, request.GET.get("after", ""))[: PER_PAGE + 1])
    listed = rows[:PER_PAGE]
    context = {
        "currencies": currencies,
        "currency": currency,
        "listed": [Listed(row) for row in listed],
        "is_first": "after" not in request.GET,
        "next": name_of(listed[-1]) if len(rows) > PER_PAGE else "",
    }
    return show(request, "staff/payouts/list.html", context)


def page_of(currency: str, after: str) -> QuerySet[Payout]:
    """Straight to where the page begins, however many there are."""
    rows = Payout.objects.order_by("-made_at", "-pk")
    if currency:
        rows = rows.filter(currency=currency)
    if match := AFTER.fullmatch(after):
        made_at, pk = BEGIN + int(match[1]) * MICROSECOND, int(match[2])
        rows = rows.filter(Q(made_at__lt=made_at) | Q(made_at=made_at, pk__lt=pk))
        rows = rows.filter(made_at__lte=made_at)
    return rows


def name_of(row: Payout) -> str:
    """Where the next page begins."""
    return f"{(row.made_at - BEGIN) // MICROSECOND}-{row.pk}"
