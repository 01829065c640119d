"""Forms with a picture: what is far too large is refused before it is read."""

from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from donations.topics import operations as topics
from donations.web.staff.access import StaffView
from donations.web.staff.shell import show

# One that is somewhat too large is taken in and judged, so that what was typed beside it is kept.
PATIENCE = 4


def with_picture(view: StaffView) -> StaffView:
    """The token of the form is looked at here, once it is known how much is sent."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not is_readable(request):
            return show(request, "staff/topics/too_large.html", {}, 413)
        return protected(request, *args, **kwargs)

    return guarded


def is_readable(request: HttpRequest) -> bool:
    """Whether it is not too much to read, and whole."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdigit() or int(announced) > PATIENCE * topics.MAX_UPLOAD:
        return False
    try:
        request.POST  # noqa: B018  reading it is the trial
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return False
    return True
