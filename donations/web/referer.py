"""The page that a reader came from, where no script could tell it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]


def article_of(request: HttpRequest) -> str:
    """The whole address of another site's page; blank when the browser told the site alone."""
    address = request.META.get("HTTP_REFERER", "")
    try:
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or host == request.get_host():
        return ""
    return address if parts.path not in ("", "/") else ""


def heeds_referer(view: View) -> View:
    """A page that names the article: what it learned from one browser is kept for no other."""

    @wraps(view)
    def heeding(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.GET.get("article"):
            patch_vary_headers(response, ["Referer"])
            if article_of(request):
                response["Cache-Control"] = "private, max-age=0"
        return response

    return heeding
