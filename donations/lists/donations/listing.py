"""The list of donations: its orders, and its rows with all that is shown of them."""

from collections.abc import Mapping, Sequence

from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.giving.models import Donation
from donations.lists.asking import Listing, currencies
from donations.lists.donations.columns import COLUMNS
from donations.lists.donations.filters import FILTERS
from donations.lists.donations.form import DonationForm
from donations.lists.donations.lines import DonationLine
from donations.lists.keyset import Sort
from donations.lists.searching import gifts

SHOWN = ("supporter", "article", "pledge", "refunds", "disputes")
SORTS = (
    Sort(name="new", words=gettext_lazy("newest first"), by=F("received_at")),
    Sort(name="old", words=gettext_lazy("oldest first"), by=F("received_at"), is_down=False),
)


def by_amount(currency: str, *, is_down: bool) -> Sort:
    """The largest or the smallest of one currency; others are no measure for it."""
    words = _("largest in %(currency)s first") if is_down else _("smallest in %(currency)s first")
    return Sort(
        name=f"{'most' if is_down else 'least'}-{currency}",
        words=words % {"currency": currency},
        by=F("amount_minor"),
        kind="number",
        is_down=is_down,
        needs=Q(currency=currency),
        leaves_out=True,
    )


class Donations(Listing[Donation, DonationLine]):
    """Every payment that arrived."""

    form = DonationForm
    filters = FILTERS
    columns = COLUMNS
    usual_sort = "new"
    search = staticmethod(gifts)

    def sorts(self) -> Mapping[str, Sort]:
        """By when they came, or by amount within one currency."""
        amounts = [
            by_amount(code, is_down=is_down)
            for code, _name in currencies()
            for is_down in (True, False)
        ]
        return {each.name: each for each in (*SORTS, *amounts)}

    def every(self) -> QuerySet[Donation]:
        """All of them."""
        return Donation.objects.all()

    def lines(self, rows: Sequence[Donation]) -> Sequence[DonationLine]:
        """Each with whose it is, where it was earned, and what became of it."""
        prefetch_related_objects(list(rows), *SHOWN)
        return [
            DonationLine(
                donation=each, refunds=list(each.refunds.all()), disputes=list(each.disputes.all())
            )
            for each in rows
        ]


donations = Donations()
