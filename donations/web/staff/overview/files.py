"""The file behind each figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.overview.asking import asked
from donations.web.staff.overview.sheets import SHEETS, written


@allowed(Right.LOOK)
@require_safe
def figures(request: HttpRequest, figure: str) -> HttpResponse:
    """As CSV, in the currency and for the days of the address."""
    if figure not in SHEETS:
        raise Http404
    look = asked(request)
    text = written(SHEETS[figure](look.currency, look.period))
    days = f"{look.period.first}_{look.period.last}"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{figure}-{look.currency}-{days}.csv"'
        },
    )
