"""One supporter: who they are, how they stand, and everything that happened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from donations.care import standing
from donations.care.people import person_of
from donations.care.timeline import Cursor, page_of
from donations.supporters.models import Supporter, User
from donations.team.rights import Right, may
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.supporters.forms import NoteForm

# What else may be done, each on a page of its own.
DOORS: tuple[tuple[Right, str, Promise], ...] = (
    (Right.HELP, "staff_supporter_correct", _("Correct")),
    (Right.MERGE, "staff_supporter_merge", _("Merge with another")),
    (Right.ERASE, "staff_supporter_erase", _("Erase for good")),
)


@allowed(Right.PEOPLE)
@require_safe
def supporter(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest first; a record that was merged leads to the one that stayed."""
    known = Supporter.everybody.select_related("merged_into")
    found = get_object_or_404(known, pk=pk)
    if found.merged_into_id is not None:
        return redirect("staff_supporter", found.merged_into_id)
    return opened(request, found)


def opened(
    request: HttpRequest, found: Supporter, *, form: NoteForm | None = None, status: int = 200
) -> HttpResponse:
    """The page, with a note that was not kept."""
    person = person_of(found)
    before = Cursor.read(request.GET.get("before", ""))
    user = colleague(request)
    context = {
        "supporter": found,
        "person": person,
        "totals": standing.totals_of(person),
        "agreements": standing.agreements_of(person),
        "suppressions": standing.suppressions_of(person),
        "orders": standing.unanswered_orders(person),
        "page": page_of(person, before=before),
        "is_older": before is not None,
        "doors": doors(user),
        "may_enter": may(user, Right.MONEY),
        "note_form": (form or NoteForm()) if may(user, Right.HELP) else None,
    }
    return show(request, "staff/supporters/one.html", context, status=status)


def doors(user: User) -> list[tuple[str, Promise]]:
    """What this colleague may do."""
    return [(route, words) for right, route, words in DOORS if may(user, right)]
