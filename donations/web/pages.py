"""The door, and the page that readers come back to."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from donations.giving import queries as giving
from donations.outlet import queries as outlets
from donations.web.language import speaks

REFERENCE = re.compile(r"[\w-]{1,255}", re.ASCII)
REFRESH_SECONDS = 5


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the support page in the reader's language, with whatever the address carried."""
    query = request.META.get("QUERY_STRING", "")
    address = reverse("give", args=[get_language_from_request(request)])
    response = redirect(f"{address}?{query}" if query else address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@login_not_required
@never_cache
@speaks
@require_safe
def thanks(request: HttpRequest, language: str) -> HttpResponse:
    """How the payment stands. Reads only, and shows nothing about the person."""
    reference = request.GET.get("session_id", "")
    outcome = giving.checkout_outcome(ref=reference if REFERENCE.fullmatch(reference) else "")
    outlet = outlets.current()
    context = {"outcome": outcome, "outlet": outlet, "language": language}
    context["promise"], context["again"] = outlet.promise(language), again(outcome, language)
    response = render(request, "give/thanks.html", context)
    response["X-Robots-Tag"] = "noindex"
    if outcome.state == "waiting":
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, in the language of the address when it begins with one, else in the reader's."""
    language = request.path_info.split("/")[1]
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
    return render(request, "404.html", status=404)


def again(outcome: giving.Outcome, language: str) -> str:
    """The support page with the same choice, for another try."""
    if outcome.money is None:
        return reverse("give", args=[language])
    choice = {
        "amount": outcome.money.decimal,
        "currency": outcome.money.currency,
        "interval": outcome.interval,
    }
    return f"{reverse('give', args=[language])}?{urlencode(choice)}"
