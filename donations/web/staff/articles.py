"""What each article earned."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from donations.insights.queries.articles import (
    articles_by,
    count_articles,
    currencies_of_articles,
    earners,
)
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.shell import show

PER_PAGE = 50


class Pages(Paginator):  # type: ignore[type-arg]  # Not generic at run time.
    """Counts articles, not what they are sorted by: that is much longer."""

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return count_articles()


@allowed(Right.LOOK)
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Those with gifts; the one with the newest first, or another order."""
    currencies = currencies_of_articles()
    order = request.GET.get("by", "")
    if order not in ("gifts", *currencies):
        order = ""
    page = Pages(articles_by(order), PER_PAGE).get_page(request.GET.get("page"))
    rows = earners([row["value"] for row in page])
    context = {"page": page, "earners": rows, "order": order, "currencies": currencies}
    return show(request, "staff/articles.html", context)
