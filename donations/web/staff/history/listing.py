"""What colleagues changed, newest first. Nothing here can be edited."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.history import queries
from donations.supporters.models import User
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.history.words import NOUNS, Line
from donations.web.staff.shell import show
from donations.web.staff.topics import number, slug_in


@allowed(Right.PEOPLE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """By colleague, by what, by row; fifty at a time, each page as near as the first."""
    asked = request.GET
    by, noun = number(asked.get("by", "")), asked.get("what", "")
    noun = noun if noun in NOUNS else ""
    kind, row = slug_in(asked.get("kind", ""))[:40], slug_in(asked.get("id", ""))[:64]
    found = queries.changes(by=by or None, noun=noun, kind=kind, number=row)
    slice_ = queries.sliced(found, before=number(asked.get("before", "")) or None)
    context = {
        "lines": [Line(each) for each in slice_.changes],
        "older": slice_.older,
        "is_first": not asked.get("before"),
        "colleagues": User.objects.filter(is_staff=True).order_by("email"),
        "nouns": NOUNS.items(),
        "by": by,
        "noun": noun,
        "is_filtered": bool(by or noun or kind),
        "of_row": bool(kind and row),
    }
    return show(request, "staff/history.html", context)
