"""What every page of the desk has around it: the rooms, and how many things wait in each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from donations.broadcasts.models import Broadcast
from donations.giving import queries as giving
from donations.reconciliation.models import ActivityFile
from donations.topics.models import Suggestion
from donations.web.staff.access import staff_only
from donations.webhooks import queries as webhooks


def nothing() -> int:
    """For a room where nothing waits for a person."""
    return 0


@dataclass(frozen=True, kw_only=True)
class Room:
    """A part of the desk: its first page, and the names of those behind it."""

    route: str
    name: Promise | str
    about: Promise | str
    waiting: Callable[[], int] = nothing
    behind: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[str, ...]:
        """The routes of the pages that belong to it."""
        return (self.route, *self.behind)


# One entry for each room, in the order of the menu.
ROOMS: tuple[Room, ...] = (
    Room(
        route="staff_gifts",
        name=_("Gifts to attribute"),
        about=_("Payments that came without a sign of whose they are."),
        waiting=lambda: giving.unattributed().count(),
        behind=("staff_gift", "staff_attributions"),
    ),
    Room(
        route="staff_paypal",
        name=_("PayPal file"),
        about=_("PayPal's own list of activity, into the books."),
        waiting=lambda: ActivityFile.objects.waiting().count(),
        behind=("staff_paypal_file", "staff_paypal_answer"),
    ),
    Room(
        route="staff_topics",
        name=_("Topics"),
        about=_("What the newsroom takes up: written, previewed, published."),
        behind=(
            *("staff_topic", "staff_topic_new", "staff_topic_publish", "staff_topic_preview"),
            *("staff_sections", "staff_section"),
            *("staff_feeds", "staff_feed"),
        ),
    ),
    Room(
        route="staff_suggestions",
        name=_("Suggestions"),
        about=_("What readers would like you to take up."),
        waiting=lambda: Suggestion.objects.waiting().count(),
        behind=("staff_suggestion", "staff_suggestion_answer"),
    ),
    Room(
        route="staff_broadcasts",
        name=_("Broadcasts"),
        about=_("Mail about new topics to everybody who asked for it."),
        waiting=lambda: Broadcast.objects.waiting_for_a_person().count(),
        behind=(
            "staff_broadcast",
            "staff_broadcast_new",
            "staff_broadcast_rate",
            "staff_broadcast_edit",
            "staff_broadcast_preview",
            "staff_broadcast_schedule",
            "staff_broadcast_people",
        ),
    ),
    Room(
        route="staff_addresses",
        name=_("Addresses"),
        about=_("Where mail is refused or not wanted."),
        behind=("staff_address", "staff_address_add"),
    ),
    Room(
        route="staff_articles",
        name=_("Articles"),
        about=_("What each article has earned."),
    ),
    Room(
        route="staff_footer",
        name=_("Article footer"),
        about=_("The ask at the end of your articles, ready to paste."),
    ),
    Room(
        route="staff_health",
        name=_("Health"),
        about=_("Whether payments, mail and workers do what they should."),
        waiting=webhooks.waiting_for_staff,
        behind=("staff_event",),
    ),
)


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the desk."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    rooms = [
        {"room": room, "waiting": room.waiting(), "is_here": here in room.pages} for room in ROOMS
    ]
    return render(request, template, {"rooms": rooms, **context}, status=status)


@staff_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The rooms, and what waits in them."""
    return show(request, "staff/index.html", {})
