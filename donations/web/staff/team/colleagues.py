"""Who works here, who may do what, and who was asked to come."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from donations.supporters.models import Role, User
from donations.team import operations as team
from donations.team import queries
from donations.team.models import Invitation
from donations.team.rights import Right, may, role_of
from donations.web.hints import mail_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.topicform import own_name
from donations.web.teamwords import ROLES, Words, table


@dataclass(frozen=True)
class Listed:
    """A colleague in the list of all."""

    user: User

    @property
    def role(self) -> Words:
        """What they do here; of those who are out, what they did."""
        role = role_of(self.user) or self.user.role or Role.VIEWER
        return ROLES[role]


@dataclass(frozen=True)
class Asked:
    """An invitation that waits."""

    row: Invitation
    is_over: bool

    @property
    def role(self) -> Words:
        """What they are to do here."""
        return ROLES[self.row.role]


class InviteForm(forms.Form):
    """Whom to ask, as what, and in which language."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        choices=tuple(ROLES.items()), initial=Role.EDITOR, label=gettext_lazy("Role")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [(code, own_name(code)) for code in dict(settings.LANGUAGES)]
        self.fields["language"] = forms.ChoiceField(
            choices=choices, label=gettext_lazy("Language of the letter")
        )


@allowed(Right.LOOK)
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Colleagues and the table of rights, for all; the rest for who may change it."""
    return listed(request, InviteForm())


def listed(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    """The page, with what was typed."""
    context = {
        "colleagues": [Listed(each) for each in queries.colleagues()],
        "invitations": invitations(request, timezone.now()),
        "form": form,
        "roles": [ROLES[role] for role in Role],
        "table": table(),
    }
    return show(request, "staff/team/list.html", context, status)


def invitations(request: HttpRequest, at: datetime) -> list[Asked]:
    """Those that wait, for who may send and withdraw them."""
    if not may(colleague(request), Right.TEAM):
        return []
    return [Asked(each, each.is_over(at)) for each in queries.waiting_invitations()]


@allowed(Right.TEAM)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody by mail."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return listed(request, form, 422)
    said = form.cleaned_data
    try:
        made = team.invite(
            email=said["email"],
            role=Role(said["role"]),
            language=said["language"],
            by=colleague(request),
            at=timezone.now(),
        )
    except team.AlreadyColleague:
        form.add_error("email", _("This is a colleague already: look in the list above."))
        return listed(request, form, 422)
    transaction.on_commit(mail_soon)
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": made})
    return redirect("staff_team")


@allowed(Right.TEAM)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for seven more days."""
    invitation = get_object_or_404(Invitation, pk=pk)
    if team.send_again(invitation=invitation, by=colleague(request), at=timezone.now()):
        transaction.on_commit(mail_soon)
        sent = _("A new invitation to %(email)s is on its way. The earlier link is void.")
        messages.success(request, sent % {"email": invitation})
    else:
        messages.warning(request, _("This invitation was accepted or withdrawn before."))
    return redirect("staff_team")


@allowed(Right.TEAM)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Its link opens nothing any more."""
    invitation = get_object_or_404(Invitation, pk=pk)
    if team.withdraw(invitation=invitation, by=colleague(request), at=timezone.now()):
        messages.success(request, _("Withdrawn: the link in the letter opens nothing any more."))
    else:
        messages.warning(request, _("This invitation was accepted or withdrawn before."))
    return redirect("staff_team")
