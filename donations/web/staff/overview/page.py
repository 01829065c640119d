"""The desk's first page: one look tells how the month stands and what needs a hand."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.insights import queries
from donations.team.rights import Right, may
from donations.web.staff.access import allowed, colleague
from donations.web.staff.overview import outlook, parts, shares, together
from donations.web.staff.overview.asking import Asked, asked
from donations.web.staff.overview.formulas import FORMULAS
from donations.web.staff.overview.readings import Readings, read
from donations.web.staff.overview.tiles import tiles
from donations.web.staff.shell import show

# Whom to write to or help first; the list of all is a room of its own.
LOST_SOON = 5


@allowed(Right.LOOK)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The figures of a currency and a period, all from totals that are kept."""
    look = asked(request)
    of = read(currency=look.currency, period=look.period, today=look.today)
    people = []
    if may(colleague(request), Right.PEOPLE):
        people = list(queries.in_trouble(currency=look.currency, limit=LOST_SOON))
    return show(request, "staff/overview/page.html", {**said(look, of), "people": people})


def said(look: Asked, of: Readings) -> Mapping[str, Any]:
    """What the page says, in words."""
    voice = look.voice
    first, *others = tiles(of, voice)
    return {
        "look": look,
        "period": voice.period(look.period),
        "fresh_at": of.fresh_at,
        "lead": first,
        "tiles": others,
        "together": together.together(of.several, voice),
        "charts": [each for each in (parts.pace(of, voice), parts.months(of, voice)) if each],
        "movements": parts.movements(of, voice),
        "splits": shares.splits(of, voice),
        "cohorts": shares.cohorts(of, voice),
        "cohort_months": range(max((len(each.retained) for each in of.cohorts), default=0)),
        "risk": outlook.risk(of, voice),
        "goal": outlook.goal(of, voice.language),
        "forecast": outlook.forecast(of, voice),
        "formulas": FORMULAS,
        "zone": settings.TIME_ZONE,
    }
