"""What every page of the desk has around it: the rooms, and how many things wait in each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.broadcasts.models import Broadcast
from donations.giving import queries as giving
from donations.reconciliation import queries as reconciliation
from donations.reconciliation.models import ActivityFile
from donations.supporters.models import User
from donations.team.factors import has_factor
from donations.team.rights import Right, may
from donations.topics.models import Suggestion
from donations.web.staff.access import colleague, rights_of
from donations.web.staff.counting import count_each
from donations.webhooks import queries as webhooks


@dataclass(frozen=True, kw_only=True)
class Room:
    """A part of the desk: its first page, and the names of those behind it."""

    route: str
    name: Promise | str
    about: Promise | str
    group: Promise | str
    right: Right = Right.LOOK
    # What waits there for a person; the menu counts it.
    waiting: Callable[[], QuerySet[Any]] | None = None
    behind: tuple[str, ...] = ()

    @property
    def pages(self) -> tuple[str, ...]:
        """The routes of the pages that belong to it."""
        return (self.route, *self.behind)


PEOPLE, MONEY = _("Supporters"), _("Money")
NEWSROOM, SERVICE = _("Newsroom"), _("Service")
# One entry for each room, in the order of the menu; those of a group stand together.
ROOMS: tuple[Room, ...] = (
    Room(
        route="staff_supporters",
        name=_("Supporters"),
        about=_("Who gives, how they stand, and what they need."),
        group=PEOPLE,
        right=Right.PEOPLE,
        behind=(
            *("staff_supporter", "staff_supporter_note", "staff_supporter_correct"),
            *("staff_supporter_merge", "staff_supporter_erase", "staff_agreement"),
        ),
    ),
    Room(
        route="staff_addresses",
        name=_("Addresses"),
        about=_("Where mail is refused or not wanted."),
        group=PEOPLE,
        right=Right.PEOPLE,
        behind=("staff_address", "staff_address_add"),
    ),
    Room(
        route="staff_exports",
        name=_("Exports"),
        about=_("Lists as files to take away."),
        group=PEOPLE,
        right=Right.EXPORT,
        behind=("staff_export",),
    ),
    Room(
        route="staff_donations",
        name=_("Donations"),
        about=_("Every payment that arrived, newest first."),
        group=MONEY,
        right=Right.PEOPLE,
        behind=("staff_donation", "staff_donation_new", "staff_donation_refund"),
    ),
    Room(
        route="staff_gifts",
        name=_("Gifts to attribute"),
        about=_("Payments that came without a sign of whose they are."),
        group=MONEY,
        right=Right.MONEY,
        waiting=giving.unattributed,
        behind=("staff_gift", "staff_attributions"),
    ),
    Room(
        route="staff_paypal",
        name=_("PayPal file"),
        about=_("PayPal's own list of activity, into the books."),
        group=MONEY,
        right=Right.MONEY,
        waiting=ActivityFile.objects.waiting,
        behind=("staff_paypal_file", "staff_paypal_answer"),
    ),
    Room(
        route="staff_payouts",
        name=_("Payouts"),
        about=_("What reached the bank, and which gifts are in it."),
        group=MONEY,
        right=Right.MONEY,
        behind=("staff_payout",),
    ),
    Room(
        route="staff_reconciliation",
        name=_("Reconciliation"),
        about=_("Our sums against the providers', day by day."),
        group=MONEY,
        right=Right.MONEY,
        waiting=reconciliation.waiting_for_staff,
        behind=("staff_compared_day",),
    ),
    Room(
        route="staff_topics",
        name=_("Topics"),
        about=_("What the newsroom takes up: written, previewed, published."),
        group=NEWSROOM,
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
        group=NEWSROOM,
        waiting=Suggestion.objects.waiting,
        behind=("staff_suggestion", "staff_suggestion_answer"),
    ),
    Room(
        route="staff_broadcasts",
        name=_("Broadcasts"),
        about=_("Mail about new topics to everybody who asked for it."),
        group=NEWSROOM,
        waiting=Broadcast.objects.waiting_for_a_person,
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
        route="staff_articles",
        name=_("Articles"),
        about=_("What each article has earned."),
        group=NEWSROOM,
    ),
    Room(
        route="staff_footer",
        name=_("Article footer"),
        about=_("The ask at the end of your articles, ready to paste."),
        group=NEWSROOM,
    ),
    Room(
        route="staff_health",
        name=_("Health"),
        about=_("Whether payments, mail and workers do what they should."),
        group=SERVICE,
        waiting=webhooks.waiting_for_staff,
        behind=("staff_event",),
    ),
    Room(
        route="staff_team",
        name=_("Colleagues"),
        about=_("Who works here, and who may do what."),
        group=SERVICE,
        behind=("staff_colleague", "staff_invite"),
    ),
    Room(
        route="staff_history",
        name=_("History"),
        about=_("What colleagues changed, with before and after."),
        group=SERVICE,
        right=Right.PEOPLE,
    ),
)


@dataclass(frozen=True)
class Entry:
    """A room in the menu of who may open it."""

    room: Room
    waiting: int
    is_here: bool


def menu(user: User, here: str) -> list[tuple[Promise | str, list[Entry]]]:
    """The rooms that they may open, by group."""
    rooms = [room for room in ROOMS if may(user, room.right)]
    waiting = count_each({room.route: room.waiting() for room in rooms if room.waiting})
    entries = [Entry(room, waiting.get(room.route, 0), here in room.pages) for room in rooms]
    return [(group, list(each)) for group, each in groupby(entries, lambda e: e.room.group)]


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the desk."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    user = colleague(request)
    rooms = menu(user, here or "")
    shell = {
        "menu": rooms,
        "waiting": [entry for _group, entries in rooms for entry in entries if entry.waiting],
        "may": rights_of(user),
        "is_protected": has_factor(user),
    }
    return render(request, template, {**shell, **context}, status=status)
