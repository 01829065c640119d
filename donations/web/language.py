"""What pages for everybody share: their language is in the address, and no cookie matters."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls.converters import StringConverter
from django.utils import translation

from donations.outlet import queries as outlets

LanguageView = Callable[..., HttpResponse]


class LanguageConverter(StringConverter):
    """What looks like a language; `speaks` decides whether it is one of ours."""

    regex = "[a-z]{2}(?:-[a-z]{2,4})?"


def speaks(view: LanguageView) -> LanguageView:
    """Answer in the language of the address; 404, in the reader's own, when we do not speak it."""

    @wraps(view)
    def spoken(request: HttpRequest, language: str, **kwargs: Any) -> HttpResponse:
        if language not in dict(settings.LANGUAGES):
            return render(request, "404.html", status=404)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return view(request, language, **kwargs)

    return spoken


def nearest(said: str) -> str:
    """The language of ours that another page means, ro-MD too; else the newsroom's own."""
    code = said.lower().partition("-")[0]
    return code if code in dict(settings.LANGUAGES) else outlets.default_language()
