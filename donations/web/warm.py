"""Pages that are the same for everybody, answered before anything else has to be done."""

from collections.abc import Callable
from hashlib import blake2b

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_max_age

from donations.web.referer import article_of

LONGEST_QUERY = 400


class WarmPages:
    """Keeps what a view allows to be kept, and answers it again without the inner middleware.

    Django's own per-site cache would do the same behind sessions, sign-in and languages, because
    its key needs them; a page that carries its language in its address needs none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A kept page, or the page itself, kept from now on if it may be."""
        if request.method != "GET" or not is_common(request):
            return self.get_response(request)
        pages, key = caches["pages"], key_of(request)
        kept = pages.get(key)
        if kept and suits(request, kept[1]):
            return HttpResponse(kept[0], headers=kept[1])
        response = self.get_response(request)
        seconds = get_max_age(response)
        if isinstance(response, HttpResponse) and seconds and may_be_kept(response):
            pages.set(key, (response.content, dict(response.items())), seconds)
        return response


def is_common(request: HttpRequest) -> bool:
    """Whether others may ask for the same: with a long query, each address is asked for once."""
    return len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY


def suits(request: HttpRequest, headers: dict[str, str]) -> bool:
    """Whether a kept page is for this reader too: where it matters, one who comes from nowhere."""
    return "Referer" not in headers.get("Vary", "") or not article_of(request)


def key_of(request: HttpRequest) -> str:
    """The host, the address and whether the browser reads gzip: all that these pages depend on."""
    meta = request.META
    gzip = bool(re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", "")))
    depends_on = f"{gzip:d} {meta.get('HTTP_HOST')} {request.get_full_path()}"
    return f"warm:{blake2b(depends_on.encode(), digest_size=20).hexdigest()}"


def may_be_kept(response: HttpResponse) -> bool:
    """A whole page that says nothing to one person alone."""
    return (
        response.status_code == 200
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and "Cookie" not in response.get("Vary", "")
    )
