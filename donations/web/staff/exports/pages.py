"""Lists as files: asked for, watched, fetched, stopped."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donations.lists import exporting
from donations.lists.models import Export, Room
from donations.team.rights import Right
from donations.web.hints import export_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.exports.words import Listed
from donations.web.staff.shell import show

PER_PAGE = 20
# Nobody has begun with it for so long: somebody should look whether workers live.
LATE = timedelta(minutes=1)
TYPES = {
    Export.Format.CSV: "text/csv; charset=utf-8",
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@allowed(Right.EXPORT)
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Theirs, newest first; an administrator sees all."""
    found = exporting.exports_of(colleague(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "exports": [Listed(each) for each in page]}
    return show(request, "staff/exports/list.html", context)


@allowed(Right.EXPORT)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have the list that is shown written to a file."""
    room, file_format = request.POST.get("room", ""), request.POST.get("format", "")
    if room not in Room or file_format not in Export.Format:
        raise Http404
    export = exporting.ask(
        by=colleague(request),
        room=room,
        query=request.POST.get("query", "").replace("\x00", ""),
        file_format=file_format,
        language=get_language() or "en",
        at=timezone.now(),
    )
    transaction.on_commit(export_soon)
    return redirect("staff_export", export.pk)


@allowed(Right.EXPORT)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, and the file when it is there."""
    return show(request, "staff/exports/one.html", state_of(request, pk))


@allowed(Right.EXPORT)
@require_safe
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes."""
    return render(request, "staff/exports/live.html", state_of(request, pk))


def state_of(request: HttpRequest, pk: int) -> dict[str, object]:
    """What both show."""
    export = found(request, pk)
    is_late = export.state == Export.State.NEW and timezone.now() - export.asked_at > LATE
    return {"listed": Listed(export), "export": export, "is_late": is_late}


@allowed(Right.EXPORT)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Its owner does not want it any more."""
    export = get_object_or_404(Export, pk=pk, by=colleague(request))
    if exporting.cancel(export=export, at=timezone.now()):
        messages.success(request, _("Stopped. Nothing of it is kept."))
    else:
        messages.warning(request, _("It is not being written any more: see how it stands."))
    return redirect("staff_export", pk)


@allowed(Right.EXPORT)
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """The file, a piece at a time."""
    export = found(request, pk)
    if export.state != Export.State.DONE:
        raise Http404
    name = f"{export.room}-{localtime(export.asked_at):%Y-%m-%d-%H%M}.{export.format}"
    headers = {
        "Content-Type": TYPES[Export.Format(export.format)],
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(export.size),
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(exporting.content(export), headers=headers)


def found(request: HttpRequest, pk: int) -> Export:
    """One that they may see. Raises Http404."""
    return get_object_or_404(exporting.exports_of(colleague(request)), pk=pk)
