"""Signing in by a code: allauth's pages, in the language of the page that they lead to."""

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account import views
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from donations.supporters.models import User
from donations.supporters.operations import login_of

# Longer than it takes to find somebody and queue their mail, so that the time tells nothing.
ANSWER_SECONDS = 0.25

Page = Callable[[HttpRequest], HttpResponseBase]


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for the address. A supporter who has no login yet gets one; nobody else does."""

    def clean_email(self) -> str:
        """Allauth's, with its limits; then whose login it is."""
        email: str = super().clean_email()
        self._user = login_of(email=email)
        return email


def speaks_on(view: Page) -> Page:
    """In the language of the page that was asked for, else in the browser's."""

    @wraps(view)
    def spoken(request: HttpRequest) -> HttpResponseBase:
        language = wanted(request).removeprefix("/").partition("/")[0]
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return view(request)

    return spoken


def at_leisure(view: Page) -> Page:
    """A form is answered after the same time, whoever it was about."""

    @wraps(view)
    def slowed(request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        answer = view(request)
        if request.method == "POST":
            time.sleep(max(0.0, ANSWER_SECONDS - (time.monotonic() - began)))
        return answer

    return slowed


@login_not_required
@speaks_on
@at_leisure
def ask(request: HttpRequest) -> HttpResponseBase:
    """The address; the answer is the same whether or not we know it."""
    return views.request_login_code(request)  # type: ignore[no-any-return]


@login_not_required
@speaks_on
def confirm(request: HttpRequest) -> HttpResponseBase:
    """The code."""
    return views.confirm_login_code(request)  # type: ignore[no-any-return]


@speaks_on
def again(request: HttpRequest) -> HttpResponseBase:
    """Whoever signed in long ago shows once more that they read their mailbox.

    The button signs them out, and sends the code at once; they are led back to where they were.
    Why this is not `freshness`, which asks for a code before data is taken away, stands there.
    """
    user, to = whoever(request), wanted(request)
    if request.method != "POST":
        return render(request, "account/again.html", {"form": CodeForm(), "next": to})
    form = CodeForm({"email": user.email})
    if not form.is_valid():
        return render(request, "account/again.html", {"form": form, "next": to}, status=429)
    logout(request)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': to})}")


def whoever(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def wanted(request: HttpRequest) -> str:
    """The page that was asked for, when it is one of ours."""
    to = request.POST.get("next") or request.GET.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/"


def sign_in_url(*, to: str) -> str:
    """Where a code is asked for that leads to this page of ours."""
    return f"{reverse('account_request_login_code')}?{urlencode({'next': to})}"
