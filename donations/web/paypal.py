"""PayPal without the long form: one button, the plain address, a picture of it."""

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from donations.gateways.paypal import me_address
from donations.giving import queries
from donations.giving.models import Method
from donations.links import page as address_of
from donations.outlet import queries as outlets
from donations.web.give import PAGE_SECONDS, arriving, show
from donations.web.language import speaks
from donations.web.qr import svg
from donations.web.referer import heeds_referer

QR_SECONDS = 24 * 3600


@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@speaks
@require_safe
@heeds_referer
@cache_control(public=True, max_age=PAGE_SECONDS)
@gzip_page
def page(request: HttpRequest, language: str) -> HttpResponse:
    """From an article's footer: what will be given and one button, with no address asked."""
    form = arriving(request, is_for_paypal=True)
    if Method.PAYPAL not in form.offer.methods:
        raise Http404
    return show(request, language, form)


@login_not_required
@never_cache
@speaks
@require_safe
def note(request: HttpRequest, language: str) -> HttpResponse:
    """The code for PayPal's note field, where the link itself cannot say whose gift it is."""
    pledge = queries.pledge_of_code(request.GET.get("code", ""))
    if pledge is None:
        raise Http404
    context = {"pledge": pledge, "outlet": outlets.current(), "language": language}
    return render(request, "give/paypal_note.html", context)


@login_not_required
@speaks
@require_safe
@cache_control(public=True, max_age=QR_SECONDS)
def qr_code(request: HttpRequest, language: str) -> HttpResponse:
    """The paypal.me address as a picture; without one, the address of our own page."""
    address = me_address(outlets.current()) or address_of("paypal", language=language)
    return HttpResponse(svg(address), content_type="image/svg+xml")
