"""Somebody who was invited to the desk becomes a colleague."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from donations.supporters.models import User
from donations.team import operations as team
from donations.team.models import Invitation
from donations.web.language import speaks
from donations.web.teamwords import ROLES, THEIR_RIGHTS

# Longer than any sentence that a person learns by heart.
LONGEST = 4096


class JoinForm(forms.Form):
    """Who they are, and how they sign in from now on: the button says which way."""

    token = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=150,
        required=False,
        label=gettext_lazy("Your name"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        max_length=LONGEST,
        required=False,
        strip=False,
        label=gettext_lazy("A password"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    @property
    def wants_passkey(self) -> bool:
        """Whether the other button was pressed."""
        return "passkey" in self.data

    def clean_password(self) -> str:
        """As strong as anywhere, unless there is to be none."""
        password = str(self.cleaned_data["password"])
        if not self.wants_passkey:
            if not password:
                raise forms.ValidationError(_("Choose a password, or use a passkey."))
            validate_password(password)
        return password


@login_not_required
@never_cache
@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str) -> HttpResponse:
    """What they are asked to do, and how they want to sign in; POST makes them a colleague."""
    token = request.POST.get("token") or request.GET.get("token", "")
    try:
        invitation = team.opened(token, at=timezone.now())
        if request.method == "POST":
            return join(request, invitation)
    except team.InvitationOver as over:
        context = {"why": over.why, "language": language}
        return render(request, "account/join_over.html", context, status=410)
    return asking(request, invitation, JoinForm(initial={"token": token}))


def asking(
    request: HttpRequest, invitation: Invitation, form: JoinForm, status: int = 200
) -> HttpResponse:
    """The page."""
    context = {
        "invitation": invitation,
        "form": form,
        "role": ROLES[invitation.role],
        "rights": THEIR_RIGHTS[invitation.role],
        "has_login": User.objects.filter(email=invitation.email).exists(),
        "hints": password_validators_help_texts(),
    }
    return render(request, "account/join.html", context, status=status)


def join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Who has a login signs in with it; a new colleague is in at once. Raises InvitationOver."""
    if User.objects.filter(email=invitation.email).exists():
        team.accept(token=request.POST["token"], name="", password=None, at=timezone.now())
        messages.success(request, _("You are a colleague now. Sign in as always."))
        return redirect("account_login")
    form = JoinForm(request.POST)
    if not form.is_valid():
        return asking(request, invitation, form, status=422)
    said = form.cleaned_data
    user, _is_new = team.accept(
        token=said["token"],
        name=" ".join(said["name"].split()),
        password=None if form.wants_passkey else said["password"],
        at=timezone.now(),
    )
    return let_in(request, user, to="mfa_add_webauthn" if form.wants_passkey else "staff")


def let_in(request: HttpRequest, user: User, *, to: str) -> HttpResponse:
    """Signed in, and led on; without a second factor only as far as where it is set up."""
    record_authentication(request, user, method="invitation")
    answer: Any = perform_login(request, Login(user=user, redirect_url=reverse(to)))
    return answer  # type: ignore[no-any-return]
