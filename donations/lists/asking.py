"""What is asked of a list, as it stands in the address of its page.

A filter, a sort or a column is a parameter of the query, so a list can be sent to a colleague, kept
as a view and written to a file. What cannot be read is left out, and said beside its field.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import make_aware
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from donations.days import format_day
from donations.lists.keyset import Sort
from donations.lists.searching import words_of
from donations.money import Money, format_money, parse_amount
from donations.outlet import queries as outlets

LONGEST = 100
Cell = str | int | Decimal | datetime | None
Told = Mapping[str, Any]
R = TypeVar("R", bound=Model)
# A line of a file: what its cells are read from.
L = TypeVar("L")


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One of a list's filters: what it keeps, and how that is said."""

    name: str
    where: Callable[[Any, Told], Q]
    says: Callable[[Any, Told], str]


@dataclass(frozen=True, kw_only=True)
class Column(Generic[L]):
    """What can be shown of a row; in a file it may be several cells."""

    name: str
    heading: Promise | str
    # Its own cell of a file, under the same heading.
    reads: Callable[[L], Cell]
    # Further ones around it, each with its heading.
    before: Sequence[tuple[Promise | str, Callable[[L], Cell]]] = ()
    after: Sequence[tuple[Promise | str, Callable[[L], Cell]]] = ()
    is_usual: bool = True
    # Shown whatever is chosen: it leads to the row's own page.
    is_fixed: bool = False
    is_number: bool = False
    # The order that its heading leads to.
    sort: str = ""
    # The column in whose cells it stands on the page, where that is shown.
    under: str = ""

    @property
    def cells(self) -> Sequence[tuple[Promise | str, Callable[[L], Cell]]]:
        """What it is in a file."""
        return [*self.before, (self.heading, self.reads), *self.after]


@dataclass(frozen=True)
class Chip:
    """A filter in words, and the query without it."""

    words: str
    query: str


class ListForm(forms.Form):
    """What every list can be asked."""

    q = forms.CharField(required=False, max_length=LONGEST, label=gettext_lazy("Search"))
    sort = forms.ChoiceField(required=False, label=gettext_lazy("Order"))
    cols = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple
    )

    def clean_q(self) -> str:
        """Without what no database can keep."""
        return str(self.cleaned_data["q"]).replace("\x00", "").strip()

    def money(self, name: str) -> Money | None:
        """A typed amount in the chosen currency. Raises ValidationError."""
        typed = self.cleaned_data.get(name)
        if not typed:
            return None
        if not (currency := self.cleaned_data.get("currency")):
            raise ValidationError(_("Choose the currency of the amount, too."))
        return parse_amount(typed, currency)


class Listing(Generic[R, L]):
    """A list: its filters, orders and columns."""

    form: type[ListForm]
    filters: Sequence[Filter]
    columns: Sequence[Column[L]]
    usual_sort: str
    search: Callable[[str], Q]

    def sorts(self) -> Mapping[str, Sort]:
        """Its orders, by name."""
        raise NotImplementedError

    def every(self) -> QuerySet[R]:
        """All rows."""
        raise NotImplementedError

    def lines(self, rows: Sequence[R]) -> Sequence[L]:
        """The rows with all that is shown of them, in a fixed number of queries."""
        raise NotImplementedError

    def written(self, line: L, columns: Sequence[Column[L]]) -> Sequence[L]:
        """The lines of a file that a line of the page becomes."""
        return [line]


@dataclass(frozen=True, kw_only=True)
class Asked(Generic[R, L]):
    """A list as it was asked for."""

    listing: Listing[R, L]
    form: ListForm
    told: Told
    sort: Sort
    columns: Sequence[Column[L]]

    @property
    def text(self) -> str:
        """What is searched for."""
        return str(self.told.get("q", ""))

    @property
    def is_everything(self) -> bool:
        """Whether no row is left out."""
        return not self.is_narrowed and not self.sort.leaves_out

    @property
    def is_narrowed(self) -> bool:
        """Whether something is searched for, or filtered."""
        return any(name not in ("sort", "cols") for name in self.told)

    def rows(self) -> QuerySet[R]:
        """Which rows, in no order."""
        found = self.listing.every()
        for each in self.listing.filters:
            if each.name in self.told:
                found = found.filter(each.where(self.told[each.name], self.told))
        if words_of(self.text):
            found = found.filter(self.listing.search(self.text))
        return found

    def query(self, **changes: Any) -> str:
        """It as the query of an address, with something else in it; None leaves that out."""
        return encoded({**written(self.form, self.told), **changes})

    def chips(self) -> list[Chip]:
        """Its filters in words."""
        return [
            Chip(each.says(self.told[each.name], self.told), self.query(**{each.name: None}))
            for each in self.listing.filters
            if each.name in self.told
        ]


def asked(listing: Listing[R, L], data: QueryDict) -> Asked[R, L]:
    """Read a query. What is wrong in it is left out; the form says so."""
    form = listing.form(data)
    sorts = listing.sorts()
    sort: Any = form.fields["sort"]
    cols: Any = form.fields["cols"]
    sort.choices = [(each.name, each.words) for each in sorts.values()]
    cols.choices = [(each.name, each.heading) for each in listing.columns]
    form.is_valid()
    told = {name: value for name, value in form.cleaned_data.items() if value not in BLANK}
    usual = [each.name for each in listing.columns if each.is_usual]
    chosen = told.get("cols") or usual
    if told.get("sort") == listing.usual_sort:
        del told["sort"]
    if {*chosen, *(each.name for each in listing.columns if each.is_fixed)} == set(usual):
        told.pop("cols", None)
    return Asked(
        listing=listing,
        form=form,
        told=told,
        sort=sorts[told.get("sort", listing.usual_sort)],
        columns=[each for each in listing.columns if each.is_fixed or each.name in chosen],
    )


BLANK: tuple[object, ...] = (None, "", False, [])


def written(form: ListForm, told: Told) -> dict[str, Any]:
    """What was told, as it was typed."""
    data: Any = form.data
    return {
        name: data.getlist(name) if name == "cols" else data.get(name, "").strip()
        for name in form.fields
        if name in told
    }


def encoded(values: Mapping[str, Any]) -> str:
    """Values as a query, without the blank ones."""
    return urlencode({k: v for k, v in values.items() if v not in BLANK}, doseq=True)


def currencies() -> list[tuple[str, str]]:
    """What a list can be asked for: all that the newsroom takes."""
    outlet = outlets.current()
    codes = dict.fromkeys((*outlet.card_currencies, *outlet.paypal_currencies))
    return [(code, code) for code in codes]


def from_day(day: date) -> datetime:
    """Its first moment, in the newsroom's time zone."""
    return make_aware(datetime.combine(day, time()))


def after_day(day: date) -> datetime:
    """The first moment of the next."""
    return from_day(day + timedelta(days=1)) if day < date.max else from_day(day)


def language() -> str:
    """The colleague's."""
    return get_language() or "en"


def spoken(money: Money) -> str:
    """An amount as the language writes it."""
    return format_money(money, language())


def on_day(day: date) -> str:
    """A day as the language writes it."""
    return format_day(day, language())
