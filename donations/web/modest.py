"""Forms that carry words only: what is larger is refused before it is read."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

View = Callable[[HttpRequest, str], HttpResponse]


def modest(view: View) -> View:
    """Django counts fields but not uploads, and such a form has none."""

    @wraps(view)
    def guarded(request: HttpRequest, language: str) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdigit() or int(announced) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "400.html", status=413)
        try:
            request.POST  # noqa: B018  reading it is the trial
        except (SuspiciousOperation, BadRequest, MultiPartParserError):
            return render(request, "400.html", status=413)
        return view(request, language)

    return guarded
