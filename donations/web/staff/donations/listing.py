"""Every payment that arrived."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.lists.donations import donations as listing
from donations.lists.models import Room
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.lists.page import show_list


@allowed(Right.PEOPLE)
@require_safe
def donations(request: HttpRequest) -> HttpResponse:
    """Those that the address asks for; the newest first."""
    return show_list(request, listing, Room.DONATIONS, "staff/donations/list.html")
