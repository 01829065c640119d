"""What each article earned."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.articles.models import Article
from donations.giving import queries
from donations.giving.queries import Earned
from donations.web.staff.access import staff_only
from donations.web.staff.shell import show

PER_PAGE = 50


@dataclass(frozen=True)
class Earner:
    """An article, with a row for each currency: there is no sum across them."""

    article: Article
    rows: list[Earned]

    @property
    def count(self) -> int:
        """All its gifts."""
        return sum(row.count for row in self.rows)

    @property
    def last_at(self) -> datetime:
        """When the newest of them came."""
        return max(row.last_at for row in self.rows)

    def total(self, currency: str) -> int:
        """In minor units; nothing where nobody gave in it."""
        return sum(row.total.minor for row in self.rows if row.total.currency == currency)


@staff_only
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Those with gifts; the one with the newest first, or another order."""
    earned = queries.earned_by_article()
    currencies = sorted({row.total.currency for row in earned})
    order = request.GET.get("by", "")
    if order not in ("gifts", *currencies):
        order = ""
    ordered = sorted(grouped(earned), key=key_of(order), reverse=True)
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "order": order, "currencies": currencies}
    return show(request, "staff/articles.html", context)


def grouped(earned: list[Earned]) -> list[Earner]:
    """The rows of each article together."""
    found: dict[int, Earner] = {}
    for row in earned:
        found.setdefault(row.article.pk, Earner(row.article, [])).rows.append(row)
    return list(found.values())


def key_of(order: str) -> Callable[[Earner], tuple[float, float]]:
    """By what they are sorted; the newest first among equals."""
    if order == "gifts":
        return lambda each: (each.count, each.last_at.timestamp())
    if order:
        return lambda each: (each.total(order), each.last_at.timestamp())
    return lambda each: (each.last_at.timestamp(), 0)
