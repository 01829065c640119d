"""When a draft goes out: told in one sentence before anything is decided, then approved."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import AuthorMayNotApprove, NotADraft
from donations.broadcasts.queries import Count
from donations.outbox import limits
from donations.outlet import queries as outlets
from donations.team.rights import Right
from donations.web.hints import broadcast_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.broadcasts import finding, words
from donations.web.staff.broadcasts.composing import by_number, counted
from donations.web.staff.broadcasts.listing import STREAM
from donations.web.staff.broadcasts.previewing import UNWRITABLE, unwritable
from donations.web.staff.broadcasts.timing import NOW, ScheduleForm
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show
from donations.web.staff.topicform import MomentField


@allowed(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks when, and says what would happen then; POST decides."""
    broadcast, now = finding.one(pk), timezone.now()
    if request.method == "POST":
        return decide(request, broadcast, now)
    if broadcast.state != Broadcast.State.DRAFT:
        return redirect("staff_broadcast", pk)
    form = ScheduleForm(request.GET if "when" in request.GET else None, at=now)
    return asking(request, broadcast, form, 200 if not form.is_bound or form.is_valid() else 422)


def decide(request: HttpRequest, broadcast: Broadcast, now: datetime) -> HttpResponse:
    """Schedule it; whatever is in the way is said."""
    form = ScheduleForm(request.POST, at=now)
    if not form.is_valid():
        return asking(request, broadcast, form, 422)
    try:
        with kept(request, "broadcast.scheduled", broadcast, *finding.TOLD, at=now):
            broadcasts.schedule(
                broadcast=broadcast,
                send_at=form.cleaned_data["send_at"],
                max_lateness=form.max_lateness,
                by=colleague(request),
                at=now,
            )
    except NotADraft:
        messages.warning(request, moved_on())
    except UNWRITABLE as error:
        messages.error(request, unwritable(error))
        return redirect("staff_broadcast_schedule", broadcast.pk)
    else:
        transaction.on_commit(broadcast_soon)
    return redirect("staff_broadcast", broadcast.pk)


def asking(
    request: HttpRequest, broadcast: Broadcast, form: ScheduleForm, status: int
) -> HttpResponse:
    """The form; with what would happen once it is whole."""
    context = {
        "broadcast": broadcast,
        "title": words.title(broadcast),
        "form": form,
        "is_ready": form.is_bound and form.is_valid(),
        "zone": timezone.get_default_timezone_name(),
        "needs_four_eyes": outlets.current().needs_four_eyes,
        "earlier": finding.earlier(broadcast).first(),
        "is_published": broadcast.topic.state == "published",
        "step": "schedule",
        **counted(broadcast),
    }
    if context["is_ready"]:
        context |= told(form, context["count"], needs_approval=context["needs_four_eyes"])
    return show(request, "staff/broadcasts/schedule.html", context, status)


def told(form: ScheduleForm, count: Count, *, needs_approval: bool) -> dict[str, str]:
    """What would happen, in one sentence; how long it would take; and what the button does."""
    is_now = form.cleaned_data["when"] == NOW
    at, per_minute = words.moment(form.cleaned_data["send_at"]), limits.rate(name=STREAM)
    seconds = count.recipients * 60 // per_minute if per_minute else 0
    lasts = _("At the limit of %(n)s mails a minute that takes about %(time)s.")
    button = _("Send it now") if is_now else _("Schedule it for %(moment)s") % {"moment": at}
    return {
        "summary": summary(count, "" if is_now else at),
        "lasts": lasts % {"n": words.figure(per_minute), "time": words.duration(seconds)}
        if per_minute and count.recipients
        else "",
        "button": _("Hand it to a colleague for approval") if needs_approval else button,
    }


def summary(count: Count, moment: str) -> str:
    """On 24 November 2026 at 10:00 it goes to 42 people: English (30) and Romanian (12)."""
    by_language = words.listed(
        [
            f"{words.language_name(code)} ({words.figure(n)})"
            for code, n in by_number(count.by_language)
        ]
    )
    told = {"n": words.figure(count.recipients), "languages": by_language, "moment": moment}
    if moment:
        sentence = ngettext(
            "On %(moment)s this mail goes to %(n)s person: %(languages)s.",
            "On %(moment)s this mail goes to %(n)s people: %(languages)s.",
            count.recipients,
        )
    else:
        sentence = ngettext(
            "Now this mail goes to %(n)s person: %(languages)s.",
            "Now this mail goes to %(n)s people: %(languages)s.",
            count.recipients,
        )
    return sentence % told if count.recipients else _("This mail would go to nobody.")


@allowed(Right.SEND)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second pair of eyes lets it go."""
    try:
        approved = let_go(request, finding.one(pk))
    except AuthorMayNotApprove:
        messages.error(request, of_your_own())
        return redirect("staff_broadcast", pk)
    if approved:
        transaction.on_commit(broadcast_soon)
        messages.success(request, _("Approved. It begins at its time."))
    else:
        messages.warning(request, moved_on())
    return redirect("staff_broadcast", pk)


def let_go(request: HttpRequest, broadcast: Broadcast) -> bool:
    """False when there is nothing to approve. Raises AuthorMayNotApprove."""
    at, seen = timezone.now(), MomentField().clean(request.POST.get("seen"))
    with kept(request, "broadcast.approved", broadcast, *finding.TOLD, at=at):
        return broadcasts.approve(broadcast=broadcast, by=colleague(request), at=at, seen=seen)


def of_your_own() -> str:
    """Four eyes are wanted."""
    return _("You wrote it, so somebody else has to approve it.")


def moved_on() -> str:
    """A colleague was faster, or it is the second click."""
    return _("This broadcast has moved on in the meantime: see how it stands.")
