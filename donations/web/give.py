"""The support page and what its form leads to."""

from collections.abc import Mapping

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from donations.giving import operations as giving
from donations.giving.models import Method
from donations.outlet import queries as outlets
from donations.web.flooding import is_flooding
from donations.web.forms import (
    CONSENT_TOPICS,
    PAYPAL_GIVES_ONCE,
    GiveForm,
    new_token,
    token_is_fresh,
)
from donations.web.language import speaks
from donations.web.lately import lately
from donations.web.offers import INTERVAL_WORDS, SENTENCES, either, offer_of, plain_way, sentence
from donations.web.prefill import arrival
from donations.web.referer import heeds_referer

PAGE_SECONDS = 60
# Generous to people, useless for trying out stolen cards: allauth's own notation.
PER_PLACE, PER_PERSON = "120/m/ip", "30/m/key"


class SeeOther(HttpResponseRedirect):
    """303: the answer to a form is another page, read with GET."""

    status_code = 303


@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@speaks
@require_safe
@heeds_referer
@cache_control(public=True, max_age=PAGE_SECONDS)
@gzip_page
def page(request: HttpRequest, language: str) -> HttpResponse:
    """The page that asks. The same for everybody, so it is kept for a minute (see `warm`)."""
    form = arriving(request)
    return show(request, language, form, notice="canceled" if "canceled" in request.GET else "")


def arriving(request: HttpRequest, *, is_for_paypal: bool = False) -> GiveForm:
    """The form as a reader finds it, with whatever the address or the page before says."""
    outlet = outlets.current()
    form = GiveForm(outlet=outlet, is_for_paypal=is_for_paypal)
    form.initial = arrival(request, offer=form.offer, outlet=outlet)
    return form


@login_not_required
@csrf_exempt  # The signed token stands in for a cookie, which the page must not set.
@never_cache
@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, language: str) -> HttpResponse:
    """The form: to the provider's page, or shown again with what to do."""
    if request.method != "POST":
        return redirect("give", language)
    if is_too_large(request):
        return render(request, "400.html", status=413)
    try:
        posted = request.POST
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return render(request, "400.html", status=413)
    outlet = outlets.current()
    if "switch" in posted:
        return show(request, language, GiveForm(initial=kept(posted), outlet=outlet))
    form = GiveForm(posted, outlet=outlet, is_for_paypal="short" in posted)
    expired = not token_is_fresh(posted.get("token", ""))
    if not form.is_valid() or expired:
        return show(request, language, form, status=422, notice="expired" if expired else "")
    rates = (PER_PERSON, PER_PLACE)
    if is_flooding(request, action="give", email=form.cleaned_data["email"], rates=rates):
        return show(request, language, form, status=429, notice="busy")
    return checkout(request, language, form)


def is_too_large(request: HttpRequest) -> bool:
    """Django counts fields but not uploads, and this form has none."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdigit() or int(announced) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def checkout(request: HttpRequest, language: str, form: GiveForm) -> HttpResponse:
    """On to the provider; if it cannot be reached, back to the form with another way."""
    wish = form.wish(language)
    try:
        return SeeOther(giving.begin(wish=wish, at=timezone.now()))
    except giving.AmountTooSmall:
        form.add_error(
            "amount", _("This is too little for a card payment. Choose a larger amount.")
        )
        return show(request, language, form, status=422)
    except giving.CheckoutUnavailable:
        return show(request, language, form, status=503, notice="down")


def kept(posted: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, unjudged, for the same form in another language."""
    return {name: posted[name] for name in GiveForm.base_fields if name in posted}


def show(
    request: HttpRequest, language: str, form: GiveForm, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    """The page with the form as it stands; a mistake on the short page stays there."""
    money, is_short = form.money, form.is_for_paypal
    context = {
        "form": form,
        "outlet": form.outlet,
        "offer": form.offer,
        "languages": settings.LANGUAGES,
        "language": language,
        "notice": notice,
        "lately": None if is_short else lately(language),
        "has_card": Method.CARD in offer_of(form.outlet).methods,
        "token": new_token(),
        "paypal_link": giving.paypal_link(money) if notice == "down" and money else "",
        **words(form, language),
    }
    template = "give/paypal.html" if is_short else "give/page.html"
    return render(request, template, context, status=status)


def words(form: GiveForm, language: str) -> dict[str, object]:
    """The texts of the page that depend on the outlet, the offer or the choice."""
    money, interval = form.money, str(form["interval"].value())
    return {
        "mission": form.outlet.mission(language),
        "promise": form.outlet.promise(language),
        "about": form.outlet.about(language),
        "me": plain_way(form.outlet, money, interval),
        "sentence": sentence(money, interval, language) if money else "",
        "sentences": {key: text % {"amount": "{}"} for key, text in SENTENCES.items()},
        "intervals": [(each, INTERVAL_WORDS[each]) for each in form.offer.intervals],
        "paypal_takes": either(form.offer.by_method.get(Method.PAYPAL.value, ()), language),
        "paypal_gives_once": PAYPAL_GIVES_ONCE,
        "consent_topics": CONSENT_TOPICS,
    }
