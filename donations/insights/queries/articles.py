"""What each article earned since we count, from the totals by article."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from donations.articles.models import Article
from donations.insights.models import DayTotal, MonthTotal
from donations.insights.models.takings import Dimension, Takings
from donations.money import Money

COUNTED = F("once") + F("first") + F("renewals")
GIVEN = F("once_minor") + F("first_minor") + F("renewals_minor")


@dataclass(frozen=True, kw_only=True)
class Earned:
    """Gifts of an article in one currency, before refunds; `last_on` is the day of the newest."""

    count: int
    total: Money
    last_on: date


@dataclass(frozen=True, kw_only=True)
class Earner:
    """An article, with a row for each currency: there is no sum across them."""

    article: Article
    rows: list[Earned]


def count_articles() -> int:
    """How many earned anything."""
    return of_articles(MonthTotal).order_by().values("value").distinct().count()


def of_articles(model: type[Takings]) -> QuerySet[Any]:
    """Totals of gifts that came from an article, whatever went back later."""
    rows = model._default_manager.filter(dimension=Dimension.ARTICLE)  # noqa: SLF001  public
    return rows.exclude(value="").filter(Q(once__gt=0) | Q(first__gt=0) | Q(renewals__gt=0))


def articles_by(order: str) -> QuerySet[Any, Any]:
    """Their numbers as `value`: the newest first, the most "gifts", or the most of a currency.

    Of days and not of months, so that among equals the newest comes first.
    """
    rows: QuerySet[Any, Any] = of_articles(DayTotal).values("value").annotate(newest=Max("on"))
    if not order:
        return rows.order_by("-newest", "value")
    wanted = Sum(COUNTED) if order == "gifts" else Sum(GIVEN, filter=Q(currency=order))
    ordered: QuerySet[Any, Any] = rows.annotate(most=Coalesce(wanted, 0))
    return ordered.order_by("-most", "-newest", "value")


def currencies_of_articles() -> list[str]:
    """In which any article earned."""
    found = of_articles(MonthTotal).values_list("currency", flat=True)
    return sorted(found.order_by().distinct())


def earners(values: Collection[str]) -> list[Earner]:
    """These articles, in this order, each with its currencies; three queries."""
    articles = Article.objects.in_bulk([int(value) for value in values])
    sums = of_articles(MonthTotal).filter(value__in=values).values("value", "currency")
    counted = sums.annotate(count=Sum(COUNTED), minor=Sum(GIVEN), month=Max("on")).order_by()
    months = {(row["value"], row["currency"]): row for row in counted}
    days = last_days(values, min((row["month"] for row in months.values()), default=date.min))
    rows: dict[str, list[Earned]] = {value: [] for value in values}
    for (value, currency), row in sorted(months.items()):
        total = Money(row["minor"], currency)
        last = days.get((value, currency), row["month"])
        rows[value].append(Earned(count=row["count"], total=total, last_on=last))
    return [
        Earner(article=articles[int(value)], rows=newest_first(rows[value]))
        for value in values
        if int(value) in articles
    ]


def last_days(values: Collection[str], since: date) -> dict[tuple[str, str], date]:
    """The day of the newest gift of each, of the months in which it can be."""
    days = of_articles(DayTotal).filter(value__in=values, on__gte=since)
    found = days.values("value", "currency").annotate(last=Max("on")).order_by()
    return {(row["value"], row["currency"]): row["last"] for row in found}


def newest_first(rows: list[Earned]) -> list[Earned]:
    """The currency of the newest gift first."""
    return sorted(rows, key=lambda each: each.last_on, reverse=True)
