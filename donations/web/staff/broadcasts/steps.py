"""The buttons beside a broadcast. Each may be pressed twice."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import AuthorMayNotApprove
from donations.supporters.models import User
from donations.team.rights import Right
from donations.web.hints import broadcast_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.broadcasts import finding
from donations.web.staff.broadcasts.scheduling import moved_on, of_your_own
from donations.web.staff.keeping import kept

# What is said then; blank when nothing was left to be done.
Step = Callable[[Broadcast, User, datetime], str]


def pause(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """No further mail is begun."""
    done = broadcasts.pause(broadcast=broadcast, at=at)
    return _("Paused. Mails that are on the wire at this moment still leave.") if done else ""


def resume(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """On with it."""
    return _("It goes on.") if broadcasts.resume(broadcast=broadcast, at=at) else ""


def cancel(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """For good."""
    done = broadcasts.cancel(broadcast=broadcast, at=at)
    return _("Canceled. Nobody else gets it.") if done else ""


def unschedule(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """Back to the draft."""
    done = broadcasts.unschedule(broadcast=broadcast, at=at)
    return _("It is a draft again. Nothing leaves until you schedule it anew.") if done else ""


def review(broadcast: Broadcast, by: User, at: datetime) -> str:
    """Sent in spite of what was in the way."""
    done = broadcasts.review_and_send(broadcast=broadcast, by=by, at=at)
    return _("It goes out now.") if done else ""


def retry(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """Those who failed, and nobody else."""
    count = broadcasts.retry_failed(broadcast=broadcast, at=at)
    told = ngettext("%(n)d person is tried again.", "%(n)d people are tried again.", count)
    return told % {"n": count} if count else ""


def resend(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """Those who perhaps got it, at the risk of a second copy."""
    count = broadcasts.resend_uncertain(broadcast=broadcast, at=at)
    told = ngettext("It is sent again to %(n)d person.", "It is sent again to %(n)d people.", count)
    return told % {"n": count} if count else ""


def leave(broadcast: Broadcast, _by: User, at: datetime) -> str:
    """Those who perhaps got it are left at that."""
    done = broadcasts.leave_uncertain(broadcast=broadcast, at=at)
    return _("Left as it is: they are not written to again.") if done else ""


STEPS: Mapping[str, Step] = {
    "pause": pause,
    "resume": resume,
    "cancel": cancel,
    "unschedule": unschedule,
    "review": review,
    "retry": retry,
    "resend": resend,
    "leave": leave,
}


DONE = {
    "pause": "paused",
    "resume": "resumed",
    "cancel": "canceled",
    "unschedule": "unscheduled",
    "review": "reviewed",
    "retry": "retried",
    "resend": "resent",
    "leave": "left",
}


@allowed(Right.SEND)
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of them; the page says what was done, or that it was too late for that."""
    if name not in STEPS:
        raise Http404
    try:
        told = stepped(request, finding.one(pk), name)
    except AuthorMayNotApprove:
        messages.error(request, of_your_own())
        return redirect("staff_broadcast", pk)
    if told:
        transaction.on_commit(broadcast_soon)
        messages.success(request, told)
    else:
        messages.warning(request, moved_on())
    return redirect("staff_broadcast", pk)


def stepped(request: HttpRequest, broadcast: Broadcast, name: str) -> str:
    """What is said then; blank when it was too late. Raises AuthorMayNotApprove."""
    at = timezone.now()
    with kept(request, f"broadcast.{DONE[name]}", broadcast, *finding.TOLD, at=at) as deed:
        told = STEPS[name](broadcast, colleague(request), at)
        deed.happened = bool(told)
    return told
