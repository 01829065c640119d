"""Notes, names, languages: what helps one supporter without touching money."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donations.care.errands import AlreadyDone
from donations.care.models import Note
from donations.care.names import correct_supporter
from donations.care.notes import add_note, withdraw_note
from donations.supporters.models import Supporter
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.supporters.forms import CorrectForm, NoteForm
from donations.web.staff.supporters.one import opened


@allowed(Right.HELP)
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a note; it stands on top of the time line."""
    supporter, form = get_object_or_404(Supporter.objects, pk=pk), NoteForm(request.POST)
    if not form.is_valid():
        return opened(request, supporter, form=form, status=422)
    try:
        add_note(supporter=supporter, by=colleague(request), at=timezone.now(), **form.cleaned_data)
    except AlreadyDone:
        messages.info(request, _("This note is kept already."))
    return redirect(reverse("staff_supporter", args=[pk]) + "#timeline")


@allowed(Right.HELP)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike a note out."""
    found = get_object_or_404(Note.objects.select_related("supporter"), pk=pk)
    if withdraw_note(note=found, by=colleague(request), at=timezone.now()):
        messages.success(request, _("The note is withdrawn. It can still be read."))
    return redirect(reverse("staff_supporter", args=[found.supporter_id]) + "#timeline")


@allowed(Right.HELP)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name or language."""
    supporter = get_object_or_404(Supporter.objects, pk=pk)
    form = CorrectForm.of(supporter, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return corrected(request, supporter, form)
    context = {
        "title": _("Correct"),
        "about": supporter,
        "back": reverse("staff_supporter", args=[pk]),
        "form": form,
        "button": _("Save"),
    }
    return show(request, "staff/form.html", context, status=422 if form.is_bound else 200)


def corrected(request: HttpRequest, supporter: Supporter, form: CorrectForm) -> HttpResponse:
    """Saved, once."""
    try:
        correct_supporter(
            supporter=supporter, by=colleague(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved."))
    except AlreadyDone:
        messages.info(request, _("This was saved already."))
    return redirect("staff_supporter", supporter.pk)
