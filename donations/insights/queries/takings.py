"""What came in, what went back, what it cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import F, Q, Sum

from donations.articles.models import Article
from donations.insights.models import DayTotal, MonthTotal, MovementTotal, Tally
from donations.insights.models.takings import Dimension, Takings
from donations.insights.queries.spans import days, months, split
from donations.money import Money

SUMS = (
    "once", "once_minor", "first", "first_minor", "renewals", "renewals_minor",
    "returned_minor", "fees_minor",
)  # fmt: skip
Divided = Literal["gateway", "language", "article", "campaign", "kind"]


@dataclass(frozen=True, kw_only=True)
class Received:
    """Takings in one currency, in its minor unit.

    `fees` are those that providers took in this currency, on the day of their gift; what is not
    told yet is not in them.
    """

    currency: str
    once: int = 0
    once_minor: int = 0
    first: int = 0
    first_minor: int = 0
    renewals: int = 0
    renewals_minor: int = 0
    returned_minor: int = 0
    fees_minor: int = 0

    @property
    def gifts(self) -> int:
        """One-off gifts and instalments."""
        return self.once + self.first + self.renewals

    @property
    def gross_minor(self) -> int:
        """What was given."""
        return self.once_minor + self.first_minor + self.renewals_minor

    @property
    def net_minor(self) -> int:
        """What was given and did not go back. Fees are not deducted."""
        return self.gross_minor - self.returned_minor

    @property
    def gross(self) -> Money:
        """What was given."""
        return Money(self.gross_minor, self.currency)

    @property
    def returned(self) -> Money:
        """Refunds and lost disputes."""
        return Money(self.returned_minor, self.currency)

    @property
    def net(self) -> Money:
        """What was given and did not go back."""
        return Money(self.net_minor, self.currency)

    @property
    def fees(self) -> Money:
        """What providers kept."""
        return Money(self.fees_minor, self.currency)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of the takings: of an article, a language, a campaign. Blank: of none."""

    value: str
    label: str
    received: Received


def currencies() -> list[str]:
    """Those in which there is money or was an agreement, that of the most gifts first."""
    rows = MonthTotal.objects.filter(dimension=Dimension.ALL).values("currency")
    counted = rows.annotate(n=Sum(F("once") + F("first") + F("renewals")))
    found = Counter({row["currency"]: row["n"] for row in counted})
    moved = MovementTotal.objects.exclude(currency="").values_list("currency", flat=True)
    found.update(dict.fromkeys(moved.distinct(), 0))
    return sorted(found, key=lambda currency: (-found[currency], currency))


def received(*, currency: str, first: date, last: date) -> Received:
    """Gross = payments received in the period, by the day on which the money came.

    Returned = refunds that did not fail, by their day, and disputes that were lost, by the day on
    which they were opened, when the bank takes the money. Net = gross - returned. Like Stripe's
    "gross volume" and "net volume from sales" (S) but that fees stand beside it.
    """
    return added(currency, rows_of(Q(dimension=Dimension.ALL, currency=currency), first, last))


def received_in_each(*, first: date, last: date) -> dict[str, Received]:
    """The same in every currency in which anything came, went back or cost a fee: not added up."""
    by_currency: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows_of(Q(dimension=Dimension.ALL), first, last, by="currency"):
        by_currency.setdefault(row["currency"], []).append(row)
    return {code: added(code, rows) for code, rows in sorted(by_currency.items())}


def received_by_day(*, currency: str, first: date, last: date) -> list[tuple[date, Received]]:
    """The same for each day of the period."""
    rows = DayTotal.objects.filter(
        dimension=Dimension.ALL, currency=currency, on__range=(first, last)
    )
    found = {row.on: of_row(row) for row in rows}
    nothing = Received(currency=currency)
    return [(day, found.get(day, nothing)) for day in days(first, last)]


def received_by_month(*, currency: str, first: date, last: date) -> list[tuple[date, Received]]:
    """The same for each month that has a day in the period, whole, under its first day."""
    each = list(months(first, last))
    rows = MonthTotal.objects.filter(dimension=Dimension.ALL, currency=currency, on__in=each)
    found = {row.on: of_row(row) for row in rows}
    nothing = Received(currency=currency)
    return [(month, found.get(month, nothing)) for month in each]


def received_by(
    *, dimension: Divided, currency: str, first: date, last: date, limit: int = 10
) -> list[Share]:
    """The same divided, the largest gross first: at most `limit` values and what is of none ("").

    What is left of the whole is that of all other values.
    """
    by_value: dict[str, list[Mapping[str, Any]]] = {}
    mine = Q(dimension=Dimension(dimension), currency=currency)
    for row in rows_of(mine, first, last):
        by_value.setdefault(row["value"], []).append(row)
    shares = {value: added(currency, rows) for value, rows in by_value.items()}
    # A currency in which only fees were taken shows no article or campaign.
    shares = {value: one for value, one in shares.items() if one.gifts or one.returned_minor}
    order = sorted(shares, key=lambda value: (-shares[value].gross_minor, value))
    shown = [value for value in order if value][:limit]
    shown = [value for value in order if value in shown or not value]
    names = labels(dimension, shown)
    return [
        Share(value=value, label=names.get(value, value), received=shares[value]) for value in shown
    ]


def labels(dimension: Divided, values: Iterable[str]) -> dict[str, str]:
    """What values are called that are numbers: articles."""
    if dimension != "article":
        return {}
    numbers = [int(value) for value in values if value]
    return {str(each.pk): str(each) for each in Article.objects.filter(pk__in=numbers)}


def average_gift(*, currency: str, first: date, last: date) -> Money | None:
    """Gross / number of payments in the period, instalments included; rounded half up."""
    found = received(currency=currency, first=first, last=last)
    if not found.gifts:
        return None
    return Money((2 * found.gross_minor + found.gifts) // (2 * found.gifts), currency)


def freshness() -> datetime | None:
    """Everything that was written before this moment is counted; None when nothing ever was."""
    return Tally.objects.values_list("counted_at", flat=True).first()


def rows_of(mine: Q, first: date, last: date, by: str = "value") -> list[Mapping[str, Any]]:
    """The sums, by value or by currency, of the whole months and of the days beside them."""
    parts = split(first, last)
    sums = {f"sum_{name}": Sum(name) for name in SUMS}
    sources: list[tuple[type[Takings], tuple[date, date]]] = [
        (DayTotal, window) for window in parts.days
    ]
    if parts.months:
        sources.append((MonthTotal, parts.months))
    return [
        row
        for model, window in sources
        for row in model._default_manager.filter(mine, on__range=window)  # noqa: SLF001
        .order_by()
        .values(by)
        .annotate(**sums)
    ]


def added(currency: str, rows: Iterable[Mapping[str, Any]]) -> Received:
    """Sums of several spans."""
    found = dict.fromkeys(SUMS, 0)
    for row in rows:
        for name in SUMS:
            found[name] += row[f"sum_{name}"]
    return Received(currency=currency, **found)


def of_row(row: Takings) -> Received:
    """A total as it is told."""
    return Received(currency=row.currency, **{name: getattr(row, name) for name in SUMS})
