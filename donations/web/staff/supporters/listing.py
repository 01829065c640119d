"""Everybody who gave or promised to."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.lists.models import Room
from donations.lists.supporters import supporters as listing
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.lists.page import show_list


@allowed(Right.PEOPLE)
@require_safe
def supporters(request: HttpRequest) -> HttpResponse:
    """Those that the address asks for; the latest gift first."""
    return show_list(request, listing, Room.SUPPORTERS, "staff/supporters/list.html")
