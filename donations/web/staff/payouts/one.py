"""One payout: what is in it, and whether that adds up."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from donations.giving import paidout
from donations.giving.models import Donation, Payout, PayoutItem
from donations.money import Money
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.payouts.listing import Listed
from donations.web.staff.payouts.words import KIND_OF_ONE, KINDS
from donations.web.staff.shell import show

PER_PAGE = 100
MOST_STRANGERS = 50


@dataclass(frozen=True)
class Part:
    """All of a kind."""

    sums: paidout.Part

    @property
    def kind(self) -> Promise:
        """In a word."""
        return KINDS[self.sums.kind]


@dataclass(frozen=True)
class Item:
    """One thing in it, and the donation that it is about where we know it."""

    row: PayoutItem
    donation: Donation | None

    @property
    def kind(self) -> Promise:
        """In a word."""
        return KIND_OF_ONE[self.row.kind]


@allowed(Right.MONEY)
@require_safe
def payout(request: HttpRequest, pk: int) -> HttpResponse:
    """The sums first; then each thing, with its donation."""
    row = get_object_or_404(Payout, pk=pk)
    parts = paidout.parts_of(row)
    total = sum(part.net.minor for part in parts)
    items = paidout.items_of(row).order_by("moved_at", "pk")
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    short = row.amount_minor + (row.fee_minor or 0) - total
    context = {
        "listed": Listed(row),
        "parts": [Part(part) for part in parts],
        "total": Money(total, row.currency),
        "fee": Money(row.fee_minor, row.currency) if row.fee_minor else None,
        "missing": Money(short, row.currency) if short > 0 else None,
        "surplus": Money(-short, row.currency) if short < 0 else None,
        "strangers": paidout.strangers_in(row)[:MOST_STRANGERS],
        "page": page,
        "items": with_donations(row, list(page)),
    }
    return show(request, "staff/payouts/one.html", context)


def with_donations(row: Payout, items: list[PayoutItem]) -> list[Item]:
    """One look for a whole page."""
    found = paidout.donations_paid_by(
        gateway=row.gateway, payment_refs=[item.payment_ref for item in items]
    )
    return [Item(item, found.get(item.payment_ref)) for item in items]
