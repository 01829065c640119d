"""Signed in or not: asked only where it matters."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class LoginRequired(LoginRequiredMiddleware):
    """Django's own, which looks at the session before it asks whether the view needs a login.

    That look makes every page `Vary: Cookie` and costs signed-in staff a query; here the view is
    asked first.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Nothing for a view marked `login_not_required`, else Django's answer."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
