"""PayPal's activity file: handed in, looked into, asked about, previewed, imported."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donations.reconciliation import importing
from donations.reconciliation.models import ActivityFile
from donations.team.rights import Right
from donations.web.hints import import_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.activity import Listed, look_at, questions
from donations.web.staff.keeping import keep_new, kept
from donations.web.staff.shell import show

PER_PAGE = 20
REFRESH_SECONDS = 2
# A file that is somewhat too large is taken in and judged, so that its sender gets an answer.
PATIENCE = 4
STEPS: Mapping[str, Callable[[ActivityFile, datetime], bool]] = {
    "again": lambda file, _at: importing.ask_again(file=file),
    "confirm": lambda file, at: importing.confirm(file=file, at=at),
    "discard": lambda file, at: importing.discard(file=file, at=at),
}

DONE = {"again": "asked_anew", "confirm": "confirmed", "discard": "discarded"}


@csrf_exempt  # Here only: `receive` looks at the token, once it is known who sends how much.
@allowed(Right.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Hand in a file; those that were handed in before."""
    if request.method != "POST":
        return listing(request)
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdigit() or int(announced) > PATIENCE * importing.MAX_UPLOAD:
        return listing(request, problem=too_large(), status=413)
    return receive(request)


@csrf_protect
def receive(request: HttpRequest) -> HttpResponse:
    """Keep the file and have it looked into; Django spools what is large to disk."""
    upload = request.FILES.get("file")
    if upload is None:
        return listing(request, problem=_("Choose a file."), status=422)
    try:
        file = handed_in(request, name=upload.name or "", chunks=upload.chunks())
    except importing.FileTooLarge:
        return listing(request, problem=too_large(), status=413)
    transaction.on_commit(import_soon)
    return redirect("staff_paypal_file", file.pk)


@transaction.atomic
def handed_in(request: HttpRequest, *, name: str, chunks: Iterable[bytes]) -> ActivityFile:
    """Kept, and who handed it in. Raises FileTooLarge."""
    at = timezone.now()
    file = importing.keep_file(name=name, chunks=chunks, by=colleague(request), at=at)
    keep_new(request, "file.handed_in", file, "name", "size", at=at)
    return file


def listing(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The form, and the files so far, newest first."""
    found = ActivityFile.objects.select_related("uploaded_by").order_by("-uploaded_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "files": [Listed(each) for each in page], "problem": problem}
    return show(request, "staff/paypal.html", context, status)


def too_large() -> str:
    """What to do about it."""
    limit = importing.MAX_UPLOAD // 1024**2
    return _(
        "This file is larger than %(limit)d MB. Download a shorter period, and hand in its parts."
    ) % {"limit": limit}


@allowed(Right.MONEY)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How a file stands; while a worker has it, the page looks again by itself."""
    found = get_object_or_404(ActivityFile.objects.select_related("uploaded_by"), pk=pk)
    response = show(request, "staff/paypal_file.html", look_at(found, at=timezone.now()))
    if found.is_working:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@allowed(Right.MONEY)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the file could not say itself; it is looked into again with that."""
    found = get_object_or_404(ActivityFile, pk=pk)
    if found.state != ActivityFile.State.ASKING:
        return moved_on(request, pk)
    form = questions(found, request.POST)
    if not form.is_valid():
        context = look_at(found, at=timezone.now()) | {"form": form}
        return show(request, "staff/paypal_file.html", context, status=422)
    with kept(request, "file.answered", found, "state", "answers", at=timezone.now()):
        done = importing.answer(file=found, answers=form.told())
    if not done:
        return moved_on(request, pk)
    transaction.on_commit(import_soon)
    return redirect("staff_paypal_file", pk)


@allowed(Right.MONEY)
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the buttons: ask anew, import what was previewed, throw it away."""
    file = get_object_or_404(ActivityFile, pk=pk)
    with kept(request, f"file.{DONE[name]}", file, "state", at=timezone.now()):
        done = STEPS[name](file, timezone.now())
    if not done:
        return moved_on(request, pk)
    transaction.on_commit(import_soon)
    return redirect("staff_paypal_file", pk)


def moved_on(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague was faster, or it is the second click."""
    messages.warning(request, _("This file has moved on in the meantime: see how it stands."))
    return redirect("staff_paypal_file", pk)
