"""Who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from donations.supporters.models import User

StaffView = Callable[..., HttpResponseBase]


def staff_only(view: StaffView) -> StaffView:
    """Staff alone: nobody gets as far as here unsigned (`LoginRequired`), others get 403."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        colleague(request)
        return view(request, *args, **kwargs)

    return guarded


def colleague(request: HttpRequest) -> User:
    """The member of staff who asks. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User) or not request.user.is_staff:
        raise PermissionDenied
    return request.user
