"""A draft's words and audience, with how many people it would go to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import Audience, NotADraft
from donations.broadcasts.queries import count
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.broadcasts import finding, words
from donations.web.staff.broadcasts.forms import AudienceForm, ComposeForm
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show


@allowed(Right.LOOK, to_change=Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write; with the button beside the audience, only count anew."""
    broadcast = finding.one(pk)
    if request.method != "POST":
        if broadcast.state != Broadcast.State.DRAFT:
            return redirect("staff_broadcast", pk)
        return composing(request, ComposeForm(broadcast=broadcast))
    form = ComposeForm(request.POST, broadcast=broadcast)
    if not form.is_valid():
        return composing(request, form, status=422)
    if "recount" in request.POST:
        return composing(request, form, audience=form.audience())
    try:
        written(request, form)
    except NotADraft:
        gone = _("This is no draft any more: nothing was kept. Your words are still below.")
        return composing(request, form, problem=gone, status=409)
    messages.success(request, _("Kept."))
    following = "staff_broadcast_preview" if "preview" in request.POST else "staff_broadcast_edit"
    return redirect(following, pk)


def written(request: HttpRequest, form: ComposeForm) -> None:
    """Keep what was typed. Raises NotADraft."""
    at, broadcast = timezone.now(), form.broadcast
    state = finding.contents(broadcast)
    with kept(request, "broadcast.edited", broadcast, state=state, at=at):
        broadcasts.edit(
            broadcast=broadcast,
            audience=form.audience(),
            editions=form.editions(),
            by=colleague(request),
            at=at,
        )


def composing(
    request: HttpRequest,
    form: ComposeForm,
    *,
    audience: Audience | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with whatever was typed."""
    broadcast = form.broadcast
    context = {
        "broadcast": broadcast,
        "title": words.title(broadcast),
        "form": form,
        "problem": problem,
        "step": "edit",
        **counted(broadcast, audience),
    }
    return show(request, "staff/broadcasts/edit.html", context, status)


@allowed(Right.LOOK)
@require_safe
def counting(request: HttpRequest, pk: int) -> HttpResponse:
    """Only the count, for the script that asks when another audience is chosen."""
    broadcast = finding.one(pk)
    form = AudienceForm(request.GET if "scope" in request.GET else None, broadcast=broadcast)
    if form.is_bound and not form.is_valid():
        return HttpResponse(status=422)
    audience = form.audience() if form.is_bound else None
    return render(request, "staff/broadcasts/count.html", counted(broadcast, audience))


def counted(broadcast: Broadcast, audience: Audience | None = None) -> dict[str, Any]:
    """How many it would go to, by language, and who gets nothing; nothing of it is kept."""
    if audience is not None:
        broadcast.to_every_section = audience.to_every_section
        broadcast.languages = list(audience.languages)
        broadcast.support = audience.support
    found = count(broadcast)
    return {
        "count": found,
        "audience": words.audience(broadcast),
        "spoken": [(words.language_name(code), n) for code, n in by_number(found.by_language)],
        "excluded": words.excluded(found.excluded),
    }


def by_number(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The most first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
