"""The list of supporters: its orders, and its rows with all that is shown of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.insights.models import Standing, SupporterTotal
from donations.lists.asking import Column, Listing, currencies
from donations.lists.keyset import Sort
from donations.lists.searching import people
from donations.lists.supporters.columns import COLUMNS
from donations.lists.supporters.filters import FILTERS
from donations.lists.supporters.form import SupporterForm
from donations.lists.supporters.lines import SupporterLine
from donations.sections.models import Follow
from donations.supporters.models import Supporter

SORTS = (
    Sort(
        name="latest",
        words=gettext_lazy("latest gift first"),
        by=F("standing__latest_at"),
        number="standing__supporter_id",
        needs=Q(standing__isnull=False),
    ),
    Sort(name="new", words=gettext_lazy("newest first"), by=F("created_at")),
    Sort(
        name="name",
        words=gettext_lazy("by name"),
        by=Lower(Coalesce(NullIf("name", Value("")), "email", output_field=CharField())),
        kind="words",
        is_down=False,
    ),
)


def most_given(currency: str) -> Sort:
    """Who gave most, in one currency."""
    return Sort(
        name=f"most-{currency}",
        words=_("most given in %(currency)s first") % {"currency": currency},
        by=F("totals__given_minor"),
        number="totals__supporter_id",
        kind="number",
        needs=Q(totals__currency=currency),
        leaves_out=True,
    )


class Supporters(Listing[Supporter, SupporterLine]):
    """Everybody who gave or promised to."""

    form = SupporterForm
    filters = FILTERS
    columns = COLUMNS
    usual_sort = "latest"
    search = staticmethod(people)

    def sorts(self) -> Mapping[str, Sort]:
        """By moments, by name, or by what they gave in one currency."""
        by_amount = [most_given(code) for code, _name in currencies()]
        return {each.name: each for each in (*SORTS, *by_amount)}

    def every(self) -> QuerySet[Supporter]:
        """All of them."""
        return Supporter.objects.all()

    def lines(self, rows: Sequence[Supporter]) -> Sequence[SupporterLine]:
        """Each with how they stand and what they gave."""
        numbers = [each.pk for each in rows]
        standings = Standing.objects.in_bulk(numbers)
        totals = defaultdict(list)
        for total in SupporterTotal.objects.filter(supporter__in=numbers).order_by("currency"):
            totals[total.supporter_id].append(total)
        mailed = set(
            Follow.objects.active()
            .filter(supporter__in=numbers)
            .values_list("supporter", flat=True)
        )
        return [
            SupporterLine(
                supporter=each,
                standing=standings.get(each.pk),
                totals=totals[each.pk],
                has_mail=each.pk in mailed,
            )
            for each in rows
        ]

    def written(
        self, line: SupporterLine, columns: Sequence[Column[SupporterLine]]
    ) -> Sequence[SupporterLine]:
        """One for each currency where amounts are written: no line holds two."""
        if not line.totals or not any(each.name == "given" for each in columns):
            return [line]
        return [replace(line, total=each) for each in line.totals]


supporters = Supporters()
