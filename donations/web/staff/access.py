"""Who may come in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from donations.supporters.models import User
from donations.team.factors import must_add_factor
from donations.team.rights import Right, may
from donations.team.sessions import note_seen

StaffView = Callable[..., HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def allowed(right: Right, *, to_change: Right | None = None) -> Callable[[StaffView], StaffView]:
    """Staff with this right, or for a form with the other one; others get 403.

    Nobody gets here unsigned (`LoginRequired`), and nobody gets further without a second factor.
    """

    def guard(view: StaffView) -> StaffView:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = colleague(request)
            if must_add_factor(user):
                return redirect("mfa_index")
            if not may(user, right if request.method in SAFE else to_change or right):
                raise PermissionDenied
            note_seen(session=request.session, user=user, at=timezone.now())
            speak(request, user)
            return view(request, *args, **kwargs)

        # Read by the test that no page of the desk forgets to ask.
        guarded.__dict__.update(right=right, to_change=to_change or right)
        return guarded

    return guard


def colleague(request: HttpRequest) -> User:
    """The member of staff who asks. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User) or not request.user.is_staff:
        raise PermissionDenied
    return request.user


def rights_of(user: User) -> Mapping[str, bool]:
    """For templates: `{% if may.write %}`. No query."""
    return {each.value: may(user, each) for each in Right}


def speak(request: HttpRequest, user: User) -> None:
    """In the language that they chose; else the browser's, as everywhere."""
    if user.language and translation.check_for_language(user.language):
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
