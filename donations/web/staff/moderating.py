"""The buttons beside a suggestion."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donations.sections.models import Section
from donations.supporters.models import User
from donations.team.rights import Right
from donations.topics.models import Suggestion, Topic
from donations.topics.operations import moderating
from donations.web.staff.access import allowed, colleague
from donations.web.staff.keeping import kept
from donations.web.staff.suggestions import AnswerForm, opened

# What the history tells of one before and after.
TOLD = ("state", "is_hidden", "answer", "merged_into__title", "topic__slug")


class MergeForm(forms.Form):
    """Which other it is merged into."""

    into = forms.ModelChoiceField(Suggestion.objects.all())


class TopicForm(forms.Form):
    """A topic that exists, or the section of a new one."""

    topic = forms.ModelChoiceField(Topic.objects.all(), required=False)
    section = forms.ModelChoiceField(Section.objects.all(), required=False)

    def clean(self) -> dict[str, Any]:
        """One of them it has to be."""
        chosen = self.cleaned_data
        if bool(chosen.get("topic")) == bool(chosen.get("section")):
            self.add_error(None, "")
        return chosen


@allowed(Right.WRITE)
@require_POST
def let_through(request: HttpRequest, pk: int) -> HttpResponse:
    """Onto the page of the readers."""
    suggestion = get_object_or_404(Suggestion, pk=pk)
    with kept(request, "suggestion.opened", suggestion, *TOLD, at=timezone.now()):
        done = moderating.let_through(suggestion=suggestion, at=timezone.now())
    if done:
        messages.success(request, _("Readers see it now, and can back it."))
    if "list" in request.POST:
        return redirect("staff_suggestions")
    return redirect("staff_suggestion", pk)


@allowed(Right.WRITE)
@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the page of the readers whatever its state, or back."""
    suggestion, is_hidden = get_object_or_404(Suggestion, pk=pk), "hide" in request.POST
    what = "suggestion.hidden" if is_hidden else "suggestion.shown"
    with kept(request, what, suggestion, *TOLD, at=timezone.now()):
        moderating.hide(suggestion=suggestion, is_hidden=is_hidden)
    said = _("Readers do not see it any more.") if is_hidden else _("It is no longer hidden.")
    messages.success(request, said)
    return redirect("staff_suggestion", pk)


@allowed(Right.WRITE)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A word in public, with or without a no."""
    suggestion, form = get_object_or_404(Suggestion, pk=pk), AnswerForm(request.POST)
    if not form.is_valid():
        return opened(request, pk, form=form, status=422)
    try:
        say(request, suggestion, **form.cleaned_data)
    except moderating.NeedsAnswer:
        form.add_error("answer", _("Say why: readers see it beside the suggestion."))
        return opened(request, pk, form=form, status=422)
    except moderating.IsMerged:
        messages.warning(request, _("It was merged in the meantime. Nothing was changed."))
        return redirect("staff_suggestion", pk)
    is_end = form.cleaned_data["decline"]
    messages.success(request, _("Declined, with your answer.") if is_end else _("Answer saved."))
    return redirect("staff_suggestion", pk)


def say(request: HttpRequest, suggestion: Suggestion, *, answer: str, decline: bool) -> None:
    """What the pressed button says; raises what the operations raise."""
    what = "suggestion.declined" if decline else "suggestion.answered"
    with kept(request, what, suggestion, *TOLD, at=timezone.now()):
        if decline:
            moderating.decline(suggestion=suggestion, text=answer, at=timezone.now())
        else:
            moderating.answer(suggestion=suggestion, text=answer)


@allowed(Right.WRITE)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as another, whose page is shown next."""
    suggestion, form = get_object_or_404(Suggestion, pk=pk), MergeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That is not here any more. Nothing was changed."))
        return redirect("staff_suggestion", pk)
    try:
        with kept(request, "suggestion.merged", suggestion, *TOLD, at=timezone.now()):
            into = moderating.merge(
                suggestion=suggestion, into=form.cleaned_data["into"], at=timezone.now()
            )
    except moderating.CannotMerge:
        messages.warning(request, _("These two cannot be merged. Nothing was changed."))
        return redirect("staff_suggestion", pk)
    messages.success(request, _("Merged: its votes count here now, each supporter once."))
    return redirect("staff_suggestion", into.pk)


@allowed(Right.WRITE)
@require_POST
def unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    """By itself again."""
    suggestion = get_object_or_404(Suggestion, pk=pk)
    with kept(request, "suggestion.unmerged", suggestion, *TOLD, at=timezone.now()):
        done = moderating.unmerge(suggestion=suggestion, at=timezone.now())
    if done:
        messages.success(request, _("It stands by itself again, with the votes that it brought."))
    return redirect("staff_suggestion", pk)


@allowed(Right.WRITE)
@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """It becomes a topic: one that exists, or a new draft, to be written next."""
    suggestion, form = get_object_or_404(Suggestion, pk=pk), TopicForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a topic, or the section of a new one."))
        return redirect("staff_suggestion", pk)
    try:
        with kept(request, "suggestion.taken_up", suggestion, *TOLD, at=timezone.now()):
            become(suggestion, by=colleague(request), **form.cleaned_data)
    except moderating.IsMerged:
        messages.warning(request, _("It was merged in the meantime. Nothing was changed."))
    else:
        messages.success(request, _("Taken up. Who backed it hears once when the topic is out."))
    return redirect("staff_suggestion", pk)


def become(
    suggestion: Suggestion, *, topic: Topic | None, section: Section | None, by: User
) -> None:
    """The topic, or a draft under the section. Raises IsMerged."""
    if topic is not None:
        moderating.take_up(suggestion=suggestion, topic=topic, at=timezone.now())
    elif section is not None:
        moderating.take_up_anew(suggestion=suggestion, section=section, by=by, at=timezone.now())
