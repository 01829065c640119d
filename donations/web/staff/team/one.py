"""One colleague, for administrators: role, in or out, where they are signed in."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from donations.supporters.models import Role, User
from donations.team import operations as team
from donations.team import queries, sessions
from donations.team.rights import Right, role_of
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.team.colleagues import Listed
from donations.web.teamwords import ROLES


class RoleForm(forms.Form):
    """What they do here."""

    role = forms.ChoiceField(choices=tuple(ROLES.items()), label=gettext_lazy("Role"))


@allowed(Right.TEAM)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How they stand."""
    found = get_object_or_404(queries.colleagues(), pk=pk)
    role = role_of(found) or found.role or Role.VIEWER
    context = {
        "listed": Listed(found),
        "form": RoleForm(initial={"role": role}),
        "is_oneself": found.pk == colleague(request).pk,
        "sign_ins": sessions.sign_ins(found),
    }
    return show(request, "staff/team/one.html", context)


@allowed(Right.TEAM)
@require_POST
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role from now on."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    change = partial(team.change_role, role=Role(form.cleaned_data["role"]))
    return changed(request, pk, change, _("Kept. It holds from the next page on."))


@allowed(Right.TEAM)
@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Out, everywhere, at once."""
    return changed(request, pk, team.deactivate, _("Signed out everywhere, and let in no more."))


@allowed(Right.TEAM)
@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """In again."""
    return changed(request, pk, team.reactivate, _("May sign in again."))


@allowed(Right.TEAM)
@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Wherever they are signed in; they may sign in again."""

    def everywhere(**who: object) -> bool:
        return bool(team.sign_out(besides=None, only=None, **who))  # type: ignore[arg-type]

    return changed(request, pk, everywhere, _("Signed out everywhere."))


def changed(request: HttpRequest, pk: int, change: Callable[..., bool], done: str) -> HttpResponse:
    """Do it, or say why not."""
    found = get_object_or_404(User, pk=pk, is_staff=True)
    try:
        did = change(user=found, by=colleague(request), at=timezone.now())
    except team.OnOneself:
        messages.error(request, _("Another administrator has to do that: this is you."))
    except team.LastAdministrator:
        told = _("This is the last administrator: nobody could let people in any more.")
        messages.error(request, told)
    else:
        messages.success(request, done if did else _("It stands so already."))
    return redirect("staff_colleague", pk)
