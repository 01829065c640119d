"""Views that colleagues keep: saved, renamed, shared, deleted."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from donations.lists.models import SavedView
from donations.lists.rooms import LISTINGS
from donations.lists.saving import (
    LONGEST_QUERY,
    NameTaken,
    delete_view,
    rename_view,
    save_view,
    views_of,
)
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show

LISTS = {"supporters": "staff_supporters", "donations": "staff_donations"}


class ViewForm(forms.Form):
    """A view's name, and who sees it."""

    name = forms.CharField(max_length=60, label=gettext_lazy("Name of the view"))
    is_shared = forms.BooleanField(required=False, label=gettext_lazy("Colleagues see it too"))


class NewViewForm(ViewForm):
    """With the list itself."""

    query = forms.CharField(required=False, max_length=LONGEST_QUERY)


@allowed(Right.PEOPLE)
@require_safe
def views(request: HttpRequest, room: str) -> HttpResponse:
    """The views of a list: their own to change, and those that colleagues share."""
    if room not in LISTINGS:
        raise Http404
    user = colleague(request)
    found = list(views_of(user=user, room=room))
    context = {
        "own": [each for each in found if each.owner_id == user.pk],
        "others": [each for each in found if each.owner_id != user.pk],
        "list_url": reverse(LISTS[room]),
    }
    return show(request, "staff/lists/views.html", context)


@allowed(Right.PEOPLE)
@require_POST
def save(request: HttpRequest, room: str) -> HttpResponse:
    """Keep the list that is shown."""
    if room not in LISTINGS:
        raise Http404
    form = NewViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 60 letters."))
        return redirect(LISTS[room])
    view = save_view(owner=colleague(request), room=room, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return redirect(f"{reverse(LISTS[room])}?{view.query}")


@allowed(Right.PEOPLE)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename one of their own, or share it."""
    view = get_object_or_404(SavedView, pk=pk, owner=colleague(request))
    form = ViewForm(request.POST)
    try:
        if form.is_valid():
            rename_view(view=view, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
        else:
            messages.error(request, _("Give the view a name of at most 60 letters."))
    except NameTaken:
        messages.error(request, _("You have another view of this name."))
    return redirect("staff_views", view.room)


@allowed(Right.PEOPLE)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one of their own no longer."""
    view = SavedView.objects.filter(pk=pk, owner=colleague(request)).first()
    if view is None:
        raise Http404
    delete_view(owner=colleague(request), number=pk)
    messages.success(request, _("“%(name)s” is no longer kept.") % {"name": view.name})
    return redirect("staff_views", view.room)
