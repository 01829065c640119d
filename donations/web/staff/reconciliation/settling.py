"""The buttons beside what differs: it is not ours, and it is ours after all."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donations.reconciliation import comparing
from donations.reconciliation.models import DayComparison
from donations.team.rights import Right
from donations.web.forms import TextField
from donations.web.staff.access import allowed, colleague

LONGEST_REASON = 200


class WhichForm(forms.Form):
    """The move that the button stands beside."""

    kind = forms.CharField(max_length=20)
    ref = forms.CharField(max_length=255)

    @property
    def key(self) -> tuple[str, str]:
        """Its name."""
        return self.cleaned_data["kind"], self.cleaned_data["ref"]


class NotOursForm(WhichForm):
    """And the amount that was seen, and why."""

    seen = forms.IntegerField()
    why = TextField(max_length=LONGEST_REASON)
    why.required = True


@allowed(Right.MONEY)
@require_POST
def not_ours(request: HttpRequest, pk: int) -> HttpResponse:
    """It is somebody else's, for the reason that was typed; the day is without it at once."""
    day, form = get_object_or_404(DayComparison, pk=pk), NotOursForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words whose it is, in 200 characters at most."))
        return redirect("staff_compared_day", pk)
    told, by, now = form.cleaned_data, colleague(request), timezone.now()
    try:
        comparing.say_not_ours(
            day=day, key=form.key, seen=told["seen"], why=told["why"], by=by, at=now
        )
    except comparing.NotListed:
        return changed_meanwhile(request, pk)
    messages.success(request, _("It is no difference any more. You find it below as not ours."))
    return redirect("staff_compared_day", pk)


@allowed(Right.MONEY)
@require_POST
def ours(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said is taken back: it differs again."""
    day, form = get_object_or_404(DayComparison, pk=pk), WhichForm(request.POST)
    if not form.is_valid():
        return changed_meanwhile(request, pk)
    try:
        comparing.say_ours(day=day, key=form.key, by=colleague(request), at=timezone.now())
    except comparing.NotListed:
        return changed_meanwhile(request, pk)
    messages.success(request, _("It is a difference again, until it is in our books."))
    return redirect("staff_compared_day", pk)


def changed_meanwhile(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever looks again sees why; a day on which nothing moved any more has no page."""
    messages.error(
        request,
        _("This day was compared again meanwhile and looks different now. Nothing was done."),
    )
    if DayComparison.objects.filter(pk=pk).exists():
        return redirect("staff_compared_day", pk)
    return redirect("staff_reconciliation")
