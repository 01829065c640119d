"""The link in every topic mail: a mail program posts to it (RFC 8058), a person sees a page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from donations.broadcasts.models import Delivery
from donations.broadcasts.operations.leaving import ONE_CLICK, unsubscribe
from donations.broadcasts.queries import delivery_of_token
from donations.outlet import queries as outlets
from donations.sections.queries import choices, hears_about
from donations.supporters.links import choices_url


@csrf_exempt  # Mail programs know no cookie and no form of ours; the token is the proof.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """GET only shows, since scanners follow links. Whatever is posted stops something."""
    delivery = delivery_of_token(token)
    if delivery is None:
        return render(request, "topics/unsubscribe_unknown.html", status=404)
    if delivery.language in dict(settings.LANGUAGES):
        translation.activate(delivery.language)
    if request.method == "POST":
        button = pressed(request)
        unsubscribe(
            delivery=delivery,
            everything=button == "all",
            at=timezone.now(),
            wording=words_of(delivery, button),
        )
    return show(request, delivery)


def pressed(request: HttpRequest) -> str:
    """The button: "section" or "all"; blank for a mail program, whatever it has sent."""
    try:
        return request.POST.get("stop", "")
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return ""


def words_of(delivery: Delivery, button: str) -> str:
    """What stood on it."""
    match button:
        case "section" if delivery.list_section is not None:
            name = delivery.list_section.name(delivery.language)
            return _("Stop mail about %(section)s") % {"section": name}
        case "section" | "all":
            return _("Stop all topic mail")
    return ONE_CLICK


def show(request: HttpRequest, delivery: Delivery) -> HttpResponse:
    """How it stands now, and what else can be done."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    section, supporter = delivery.list_section, delivery.supporter
    context = {
        "outlet": outlets.current(),
        "language": language,
        "section": section.name(language) if section else "",
        "hears_about_it": supporter is not None and hears_about(supporter, section),
        "hears_anything": supporter is not None and bool(choices(supporter)),
        "choices_url": choices_url(supporter, language) if supporter else "",
    }
    return render(request, "topics/unsubscribe.html", context)
