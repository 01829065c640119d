"""A broadcast from the day it is scheduled to its end: how it stands, and what may be done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from donations.broadcasts.models import Broadcast
from donations.broadcasts.queries import Progress, progress, returned
from donations.outlet import queries as outlets
from donations.supporters.models import User
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague, rights_of
from donations.web.staff.broadcasts import finding, words
from donations.web.staff.broadcasts.composing import counted
from donations.web.staff.broadcasts.scheduling import summary
from donations.web.staff.shell import show

State = Broadcast.State
# The sentence that is read aloud changes at whole tens of a hundred.
STEP = 10


@dataclass(frozen=True)
class Standing:
    """How a broadcast stands, for its page."""

    broadcast: Broadcast
    progress: Progress

    @property
    def is_moving(self) -> bool:
        """Whether it will stand otherwise in a moment."""
        return self.broadcast.state in (State.FREEZING, State.SENDING) or self.is_due

    @property
    def is_due(self) -> bool:
        """Scheduled and free to begin: a worker takes it when its time comes."""
        return self.broadcast.state == State.SCHEDULED and self.broadcast.approved_at is not None

    @property
    def kind(self) -> str:
        """Which page shows it: with another one the script loads it anew."""
        is_unsent = self.broadcast.state in (State.SCHEDULED, State.NEEDS_REVIEW)
        return self.broadcast.state if is_unsent else "running"

    @property
    def has_list(self) -> bool:
        """Whether there are people to tell of."""
        return self.broadcast.frozen_at is not None or self.broadcast.state == State.FREEZING

    @property
    def may_cancel(self) -> bool:
        """Whether anything is left that could be called off."""
        return self.broadcast.state in finding.RUNNING

    @property
    def state(self) -> words.Words:
        """In words."""
        return words.STATES[self.broadcast.state]

    @property
    def problem(self) -> str:
        """Why it was paused by itself, or needs a look; blank when nothing is in the way."""
        return words.problem(self.broadcast)

    @property
    def left_out(self) -> list[tuple[words.Words, int]]:
        """Who got nothing, by reason."""
        return words.excluded(self.broadcast.excluded)

    @property
    def left_out_count(self) -> int:
        """How many of those."""
        return sum(self.broadcast.excluded.values())

    @property
    def failures(self) -> list[tuple[words.Words, int]]:
        """Why mails failed, the most frequent first."""
        return [(words.error(why), number) for why, number in self.progress.failures]

    @property
    def asks_about_uncertain(self) -> bool:
        """Whether somebody has to decide about those who perhaps got it."""
        is_done = self.broadcast.state in (State.PAUSED, State.FINISHED)
        is_left = self.broadcast.uncertain_left_at is not None
        return bool(self.progress.uncertain) and is_done and not is_left

    @property
    def may_retry(self) -> bool:
        """Whether those who failed may be tried once more."""
        return bool(self.progress.failed) and self.broadcast.state in (
            State.SENDING,
            State.PAUSED,
            State.FINISHED,
        )

    @property
    def time_left(self) -> str:
        """About 4 minutes; blank while nobody knows."""
        seconds = self.progress.seconds_left
        if seconds is None or self.broadcast.state != State.SENDING:
            return ""
        return words.duration(seconds)

    @property
    def sentence(self) -> str:
        """How it stands; while it is sent it changes seldom, since it is read aloud."""
        so_far = self.progress
        numbers = {"sent": words.figure(so_far.sent), "total": words.figure(so_far.total)}
        match self.broadcast.state:
            case State.FREEZING:
                return _("The list of people is being written. Nothing has left yet.")
            case State.SENDING:
                return self.so_far()
            case State.PAUSED:
                return _("Paused: %(sent)s of %(total)s mails have left.") % numbers
            case State.FINISHED:
                return _("Finished: %(sent)s of %(total)s mails have left.") % numbers
            case State.CANCELED if so_far.total:
                return _("Canceled: %(sent)s of %(total)s mails had left by then.") % numbers
            case State.CANCELED:
                return _("Canceled before anything had left.")
        return ""

    def so_far(self) -> str:
        """Every tenth of it."""
        tens = 100 * self.progress.done // max(self.progress.total, 1) // STEP * STEP
        return _("Being sent: %(percent)s %% done.") % {"percent": tens}


def standing(broadcast: Broadcast) -> dict[str, Any]:
    """What both the page and its refreshed part need."""
    return {"broadcast": broadcast, "standing": Standing(broadcast, progress(broadcast))}


@allowed(Right.LOOK)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; a draft has others."""
    broadcast = finding.one(pk)
    if broadcast.state == State.DRAFT:
        return redirect("staff_broadcast_edit", pk)
    context = {
        "title": words.title(broadcast),
        "audience": words.audience(broadcast),
        "returned": returned(broadcast) if broadcast.frozen_at else None,
        **standing(broadcast),
        **unsent(broadcast, colleague(request)),
    }
    return show(request, "staff/broadcasts/one.html", context)


@allowed(Right.LOOK)
@require_safe
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Only what changes while it runs, for the script that looks every other second."""
    context = {"may": rights_of(colleague(request)), **standing(finding.one(pk))}
    return render(request, "staff/broadcasts/live.html", context)


def unsent(broadcast: Broadcast, user: User) -> dict[str, Any]:
    """What is said of one that waits, and what may be done about it."""
    if broadcast.state not in (State.SCHEDULED, State.NEEDS_REVIEW):
        return {}
    found = counted(broadcast)
    send_at = words.moment(broadcast.send_at) if broadcast.send_at else ""
    return {
        "is_author": broadcast.author_id == user.pk,
        "summary": summary(found["count"], send_at),
        "late": words.duration(int(broadcast.max_lateness.total_seconds())),
        "is_balanced": broadcast.frozen_at is None,
        "needs_colleague": outlets.current().needs_four_eyes and broadcast.author_id == user.pk,
        "may_return": broadcast.frozen_through == 0,
        **found,
    }
