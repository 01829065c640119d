"""Stopping: from the account in two clicks, with one question that may be left out."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from donations.giving import belongings, queries
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.supporters.models import Supporter
from donations.web import hints
from donations.web.account.access import theirs
from donations.web.account.frame import frame
from donations.web.account.page import Agreement
from donations.web.give import SeeOther


class StopForm(forms.Form):
    """Why, if they like."""

    reason = forms.CharField(required=False, max_length=2000)


@theirs
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, supporter: Supporter, token: str) -> HttpResponseBase:
    """GET asks, POST stops; what is stopped already, or ends at PayPal, has nothing to ask."""
    known = belongings.agreement_of(supporter, token)
    if known is None:
        raise Http404
    agreement = Agreement(known, queries.stop_url(known))
    if not agreement.may_stop:
        return redirect("account", language)
    if request.method != "POST":
        return asking(request, language, agreement)
    return stop(request, language, agreement)


def stop(request: HttpRequest, language: str, agreement: Agreement) -> HttpResponse:
    """A reason that is too long, or no words at all, stops it all the same."""
    form = StopForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    known: Subscription = agreement.subscription
    try:
        giving.stop_subscription(subscription=known, reason=reason, at=timezone.now())
    except giving.StopUnavailable:
        return asking(request, language, agreement, failed=True)
    hints.mail_soon()
    return SeeOther(reverse("account", args=[language]))


def asking(
    request: HttpRequest, language: str, agreement: Agreement, *, failed: bool = False
) -> HttpResponse:
    """The question, and the button."""
    context = {**frame(language), "agreement": agreement, "failed": failed}
    return render(request, "account/stop.html", context, status=503 if failed else 200)
