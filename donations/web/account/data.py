"""Everything that is kept about a supporter, for them to take along: a file, or a page to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from donations.privacy.copying import document
from donations.privacy.copying.sections import SECTIONS
from donations.supporters.models import Supporter
from donations.web.account.access import theirs
from donations.web.account.frame import frame
from donations.web.account.freshness import fresh
from donations.web.flooding import is_flooding

RATES = ("5/m/key", "20/m/ip")
TITLES = {
    **{section.name: section.title for section in SECTIONS},
    "messages": _("Letters to you"),
    "notifications": _("What payment providers told us"),
}


@theirs
@fresh("account_data")
@require_safe
def page(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """The ways to go on."""
    return render(request, "account/data.html", frame(language, "account_data"))


@theirs
@fresh("account_data")
@require_POST
def file(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """As JSON. Not by GET, because it is written down that it was taken."""
    if is_flooding(request, action="copy", email=supporter.email, rates=RATES):
        return render(request, "429.html", status=429)
    told = document(supporter=supporter, at=timezone.now())
    form = {"ensure_ascii": False, "indent": 2}
    answer = JsonResponse(told, encoder=DjangoJSONEncoder, json_dumps_params=form)
    answer["Content-Disposition"] = 'attachment; filename="my-support.json"'
    return answer


@theirs
@fresh("account_data")
@require_POST
def read(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """The same as a page, to read or to print."""
    if is_flooding(request, action="copy", email=supporter.email, rates=RATES):
        return render(request, "429.html", status=429)
    told = document(supporter=supporter, at=timezone.now())
    context = {**frame(language, "account_data"), "parts": list(parts_of(told))}
    return render(request, "account/copy.html", context)


def parts_of(told: Mapping[str, Any]) -> Iterator[tuple[object, list[list[tuple[str, Any]]]]]:
    """Each kind of row that there is, with what is not blank in each row."""
    for name, title in TITLES.items():
        if rows := told[name]:
            yield title, [list(filled(row)) for row in rows]


def filled(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields that say something, under their names in the file."""
    for name, value in row.items():
        if value not in (None, "", [], {}):
            yield name.replace("__", " ").replace("_", " "), value
