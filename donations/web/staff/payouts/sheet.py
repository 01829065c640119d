"""A payout as a file for a spreadsheet."""

import csv
from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations.giving import paidout
from donations.giving.models import Payout
from donations.lists.cells import harmless
from donations.money import Money
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.payouts.one import Item, with_donations

CHUNK = 500
HEADINGS = (
    *("payout", "moved_at", "kind", "amount", "fee", "net", "currency"),
    *("balance_move", "source", "payment", "donation", "supporter"),
)


class Line:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


@allowed(Right.MONEY)
@require_safe
def download(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A line for each thing in it, a few hundred in memory at a time."""
    row = get_object_or_404(Payout, pk=pk)
    response = StreamingHttpResponse(lines(row), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payout-{row.pk}.csv"'
    return response


def lines(row: Payout) -> Iterator[str]:
    """The headings stay English: it is for another program."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(HEADINGS)
    left = paidout.items_of(row).order_by("moved_at", "pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(left, CHUNK)):
        for item in with_donations(row, chunk):
            yield writer.writerow(cells(row, item))


def cells(row: Payout, item: Item) -> list[str]:
    """Amounts as plain decimals, which a minus begins rightly; words that begin no formula."""
    part, donation = item.row, item.donation
    supporter = donation.supporter.email if donation and donation.supporter else ""
    amounts = [plain(amount) for amount in (part.money, part.fee, part.net)]
    moved_at = timezone.localtime(part.moved_at).isoformat(timespec="seconds")
    texts = [part.ref, part.source_ref, part.payment_ref]
    return [
        harmless(row.gateway_ref),
        moved_at,
        part.kind,
        *amounts,
        part.currency,
        *(harmless(text) for text in texts),
        str(donation.pk) if donation else "",
        harmless(supporter),
    ]


def plain(amount: Money) -> str:
    """12.50, whatever the language."""
    return f"{amount.decimal:f}"
