"""The article footer, for pages of other sites: as a script, and as a page for a frame."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from donations.outlet import queries as outlets
from donations.web.footer import ask_in_full
from donations.web.footer_script import TITLE_LENGTH, footer_script
from donations.web.language import nearest
from donations.web.referer import article_of, heeds_referer

SCRIPT_SECONDS = 300
FRAME_SECONDS = 60
# A cache in between may go on with what it has while we are away.
AWAY_SECONDS = 7 * 24 * 3600
ARTICLE_LENGTH = 1000


@login_not_required
@require_safe
@cache_control(
    public=True,
    max_age=SCRIPT_SECONDS,
    stale_while_revalidate=AWAY_SECONDS,
    stale_if_error=AWAY_SECONDS,
)
@gzip_page
def script(request: HttpRequest) -> HttpResponse:
    """The element's script: the same for everybody, in every language or in the one asked for."""
    response = HttpResponse(
        footer_script(outlets.current(), request.GET.get("lang", "")),
        content_type="text/javascript; charset=utf-8",
    )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
@heeds_referer
@cache_control(public=True, max_age=FRAME_SECONDS)
@gzip_page
def frame(request: HttpRequest) -> HttpResponse:
    """The same without a script; the article is the page around it, unless the address names it."""
    said = request.GET
    language = nearest(said.get("lang", ""))
    translation.activate(language)
    article = (said.get("article") or article_of(request))[:ARTICLE_LENGTH]
    title = said.get("title", "")[:TITLE_LENGTH]
    context = {"language": language, "light": said.get("scheme") == "light"}
    context |= ask_in_full(outlets.current(), language, article=article, title=title)
    return render(request, "embed/frame.html", context)
