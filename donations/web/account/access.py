"""Whose page it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from donations.supporters.models import Supporter, User
from donations.supporters.queries import supporter_of
from donations.web.account.entrance import sign_in_url
from donations.web.language import speaks

SAFE = frozenset({"GET", "HEAD"})
TheirView = Callable[..., HttpResponseBase]


def theirs(view: TheirView) -> Callable[..., HttpResponseBase]:
    """A page of whoever is signed in; others are asked for a code first, and led back here.

    Somebody who is no supporter has nothing here: 404, as for what is another's.
    """

    @wraps(view)
    def guarded(request: HttpRequest, language: str, **named: Any) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return to_the_door(request, language)
        supporter = supporter_of(request.user)
        if supporter is None:
            raise Http404
        return view(request, language, supporter, **named)

    return opened(guarded)


def opened(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What every page of the account is: spoken, kept nowhere, with a door of its own."""
    return login_not_required(never_cache(speaks(view)))  # type: ignore[arg-type]


def to_the_door(request: HttpRequest, language: str) -> HttpResponse:
    """A form that was sent is not sent again after signing in: they see their page first."""
    here = request.get_full_path()
    return redirect(
        sign_in_url(to=here if request.method in SAFE else reverse("account", args=[language]))
    )


def somebody(request: HttpRequest) -> tuple[User, Supporter | None]:
    """Who is signed in, and which supporter that is, if one."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user, supporter_of(user)
