"""Two records of one person: looked for, compared, made one, and two again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from donations.care import merging
from donations.care.errands import AlreadyDone
from donations.care.merging.operations import has_said_no, merges_of
from donations.care.models import Merge
from donations.care.people import person_of
from donations.sections.operations.merging import preview
from donations.supporters.models import Supporter
from donations.supporters.queries import find_supporters
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.supporters.forms import LONGEST_REASON
from donations.web.staff.tokens import OnceForm, Words

FOUND, LONGEST = 20, 100


class MergeForm(OnceForm):
    """Which other record, why, and that it was looked at."""

    other = forms.ModelChoiceField(Supporter.objects.all(), widget=forms.HiddenInput)
    why = Words(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("How you know that it is the same person."),
        max_length=LONGEST_REASON,
        required=False,
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, these are one person."))


@allowed(Right.MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Find the other record, see both side by side, then make them one."""
    known = Supporter.everybody.select_related("merged_into")
    kept = get_object_or_404(known, pk=pk)
    if kept.merged_into_id is not None:
        return redirect("staff_supporter", kept.merged_into_id)
    if request.method == "POST":
        form = MergeForm(request.POST)
        if form.is_valid():
            return merged(request, kept, form)
        other = form.cleaned_data.get("other")
        if other is None or other == kept:
            messages.error(request, _("That record is not here any more. Nothing was changed."))
            return redirect("staff_supporter_merge", pk)
        return compared(request, kept, other, form, status=422)
    other = chosen(request, kept)
    if other is not None:
        return compared(request, kept, other, MergeForm(initial={"other": other}))
    return looked_for(request, kept)


def chosen(request: HttpRequest, kept: Supporter) -> Supporter | None:
    """The other record, once it was picked."""
    number = request.GET.get("with", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return Supporter.objects.exclude(pk=kept.pk).filter(pk=number).first()


def looked_for(request: HttpRequest, kept: Supporter) -> HttpResponse:
    """The search, and what was merged before."""
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = list(find_supporters(sought).exclude(pk=kept.pk)[: FOUND + 1])
    context = {
        "supporter": kept,
        "sought": sought,
        "found": found[:FOUND],
        "has_more": len(found) > FOUND,
        "merges": merges_of(person_of(kept)),
    }
    return show(request, "staff/supporters/merge.html", context)


def compared(
    request: HttpRequest, kept: Supporter, other: Supporter, form: MergeForm, status: int = 200
) -> HttpResponse:
    """Both, side by side, and what they would be together."""
    sections, is_every = preview(kept=kept, other=other, said_no=has_said_no(kept, other))
    context: dict[str, Any] = {
        "supporter": kept,
        "other": other,
        "one": merging.side_of(kept),
        "two": merging.side_of(other),
        "sections": sections,
        "hears_every": is_every,
        "form": form,
    }
    return show(request, "staff/supporters/compare.html", context, status=status)


def merged(request: HttpRequest, kept: Supporter, form: MergeForm) -> HttpResponse:
    """Made one, once."""
    told = form.cleaned_data
    try:
        merging.merge(
            kept=kept,
            other=told["other"],
            by=colleague(request),
            token=told["token"],
            why=told["why"],
            at=timezone.now(),
        )
        messages.success(request, _("They are one now. It can be undone on “Merge with another”."))
    except AlreadyDone:
        messages.info(request, _("They were made one already."))
    except merging.CannotMerge:
        messages.error(request, _("One of them leads elsewhere since. Nothing was changed."))
    return redirect("staff_supporter", kept.pk)


@allowed(Right.MERGE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Two records again."""
    done = get_object_or_404(Merge.objects.select_related("kept", "other"), pk=pk)
    try:
        merging.undo(merge=done, by=colleague(request), at=timezone.now())
        messages.success(request, _("They are two again, each with what it had."))
    except merging.CannotUndo:
        messages.warning(
            request, _("It was undone already, or a later merge has to be undone first.")
        )
    return redirect("staff_supporter", done.kept_id)
