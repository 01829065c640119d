"""A page of a list, as its address asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from donations.lists.asking import Asked, Chip, Listing, asked
from donations.lists.counting import Count, count
from donations.lists.keyset import Cut, Place, cut
from donations.lists.models import SavedView
from donations.lists.patience import TooSlow, patiently
from donations.lists.saving import views_of
from donations.lists.searching import is_short
from donations.team.rights import Right, may
from donations.web.staff.access import colleague
from donations.web.staff.shell import show

PER_PAGE = 50
TURNS = ("after", "before", "last")
R = TypeVar("R", bound=Model)
L = TypeVar("L")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A saved view in the row of them."""

    view: SavedView
    is_here: bool
    is_own: bool


@dataclass(frozen=True)
class Head:
    """A column's heading, which may lead to the list in its order."""

    words: Promise | str
    is_number: bool
    leads: bool
    query: str
    is_here: bool
    is_down: bool


@dataclass(frozen=True, kw_only=True)
class Shown(Generic[R, L]):
    """What the page shows."""

    asked: Asked[R, L]
    lines: Sequence[L] = ()
    count: Count = field(default_factory=lambda: Count(0, "unknown"))
    cut: Cut[R] | None = None
    is_too_slow: bool = False

    @property
    def query(self) -> str:
        """The list, wherever in it the page is."""
        return self.asked.query()

    @property
    def chips(self) -> Sequence[Chip]:
        """Its filters."""
        return self.asked.chips()

    @property
    def columns(self) -> Mapping[str, Promise | str]:
        """The headings of what is shown, by name."""
        return {each.name: each.heading for each in self.asked.columns}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.asked.is_narrowed

    @property
    def has_only_beginnings(self) -> bool:
        """Whether what is searched for is too short to be found inside a word."""
        return bool(self.asked.text) and is_short(self.asked.text)

    @property
    def before(self) -> str:
        """Where the page before is; blank on the first."""
        return self.turn(before=self.cut.before) if self.cut and self.cut.before else ""

    @property
    def after(self) -> str:
        """Where the page after is; blank on the last."""
        return self.turn(after=self.cut.after) if self.cut and self.cut.after else ""

    @property
    def last(self) -> str:
        """Where the last page is."""
        return self.turn(last="1")

    def turn(self, **place: str) -> str:
        """The list's query with a place in it."""
        return self.asked.query(**place)

    @property
    def heads(self) -> Sequence[Head]:
        """What stands over the columns."""
        here, usual = self.asked.sort, self.asked.listing.usual_sort
        return [
            Head(
                words=each.heading,
                is_number=each.is_number,
                leads=bool(each.sort) and each.sort != here.name,
                query=self.asked.query(sort=None if each.sort == usual else each.sort),
                is_here=each.sort == here.name,
                is_down=here.is_down,
            )
            for each in self.asked.columns
            if each.under not in self.columns
        ]

    @property
    def without_text(self) -> str:
        """The list without what is searched for."""
        return self.asked.query(q=None)


def show_list(
    request: HttpRequest, listing: Listing[Any, Any], room: str, template: str
) -> HttpResponse:
    """The page. A form sends more than was chosen; it leads to the address of that alone."""
    wanted = asked(listing, request.GET)
    shortest = set(QueryDict(wanted.query()))
    if wanted.form.is_valid() and set(request.GET) & set(wanted.form.fields) != shortest:
        return redirect(f"{request.path}?{wanted.query()}".rstrip("?"))
    shown = looked_up(wanted, place_of(request.GET))
    context = {
        "shown": shown,
        "form": wanted.form,
        "room": room,
        "views": kept_views(request, room, shown.query),
        "views_url": reverse("staff_views", args=[room]),
        "may_export": may(colleague(request), Right.EXPORT),
    }
    return show(request, template, context)


def looked_up(wanted: Asked[R, L], place: Place) -> Shown[R, L]:
    """The rows, with what is shown of them and about how many there are."""
    rows = wanted.rows()
    try:
        found = patiently(
            lambda: cut(rows, wanted.sort, place, PER_PAGE), is_narrowed=wanted.is_narrowed
        )
    except TooSlow:
        return Shown(asked=wanted, is_too_slow=True)
    lines = wanted.listing.lines(found.rows)
    number = count(wanted.sort.ordered(rows), is_everything=wanted.is_everything)
    return Shown(asked=wanted, lines=lines, count=number, cut=found)


def place_of(data: QueryDict) -> Place:
    """Which page of the list."""
    for way in TURNS:
        if key := data.get(way):
            return Place(way=way, key=key)  # type: ignore[arg-type]
    return Place()


def kept_views(request: HttpRequest, room: str, here: str) -> Sequence[Kept]:
    """The views that they see, and which of them this is."""
    user = colleague(request)
    return [
        Kept(view=each, is_here=each.query == here, is_own=each.owner_id == user.pk)
        for each in views_of(user=user, room=room)
    ]
