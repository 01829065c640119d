"""The page of supporters who agreed to be shown: names and nothing else."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from donations.outlet import queries as outlets
from donations.supporters.naming import shown_names
from donations.web.language import speaks

PAGE_SECONDS, PER_PAGE = 60, 200


@login_not_required
@speaks
@require_safe
@cache_control(public=True, max_age=PAGE_SECONDS)
@gzip_page
def page(request: HttpRequest, language: str) -> HttpResponse:
    """So many at a time. The same for everybody, so it is kept for a minute (see `warm`)."""
    pages = Paginator(shown_names().values_list("public_name", flat=True), PER_PAGE)
    asked = request.GET.get("page", "1")
    if not asked.isascii() or not asked.isdecimal() or not 1 <= int(asked) <= pages.num_pages:
        raise Http404
    context = {
        "names": pages.page(int(asked)),
        "outlet": outlets.current(),
        "language": language,
        "addresses": {
            code: reverse("supporters", args=[code]) for code, _name in settings.LANGUAGES
        },
    }
    return render(request, "supporters.html", context)
