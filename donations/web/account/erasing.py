"""Erasing oneself: a fresh code, one clear question, and no way back."""

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from donations.giving import belongings, queries
from donations.giving.models import Subscription
from donations.privacy.erasing import NotErased, erase
from donations.supporters.models import Supporter
from donations.web import hints
from donations.web.account.access import opened, theirs
from donations.web.account.frame import frame
from donations.web.account.freshness import fresh
from donations.web.account.page import Agreement
from donations.web.flooding import is_flooding
from donations.web.give import PER_PERSON, PER_PLACE, SeeOther


class EraseForm(forms.Form):
    """One box."""

    sure = forms.BooleanField(
        error_messages={"required": _("Tick the box if you are sure. Nothing is erased yet.")}
    )


@theirs
@fresh("account_erase")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponseBase:
    """GET tells what it means, POST does it."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return asking(request, language, supporter, form, status=422 if form.is_bound else 200)
    rates = (PER_PERSON, PER_PLACE)
    if is_flooding(request, action="give", email=supporter.email, rates=rates):
        return asking(request, language, supporter, form, notice="busy", status=429)
    try:
        erase(supporter=supporter, by=None, at=timezone.now())
    except NotErased:
        return asking(request, language, supporter, form, notice="down", status=503)
    hints.forget_soon()
    logout(request)
    return SeeOther(reverse("account_erased", args=[language]))


def asking(
    request: HttpRequest,
    language: str,
    supporter: Supporter,
    form: EraseForm,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """What ends by itself, and what only they can end."""
    running = belongings.agreements_of(supporter).exclude(status=Subscription.Status.CANCELED)
    agreements = [Agreement(each, queries.stop_url(each)) for each in running]
    context = {
        **frame(language, "account_erase"),
        "form": form,
        "notice": notice,
        "ending": [each for each in agreements if not each.stop_url],
        "elsewhere": [each for each in agreements if each.stop_url],
    }
    return render(request, "account/erase.html", context, status=status)


@opened
@require_safe
def done(request: HttpRequest, language: str) -> HttpResponse:
    """The same for everybody, since nobody is known here any more."""
    return render(request, "account/erased.html", frame(language, "account_erased"))
