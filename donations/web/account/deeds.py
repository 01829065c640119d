"""Changing an agreement from the account: a link, a form, and a letter that confirms it."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from donations.gateways.base import AmountTooSmall, NotOverAnApi
from donations.giving import belongings, queries
from donations.giving import operations as giving
from donations.giving.operations.owning import Step
from donations.links import absolute
from donations.supporters.models import Supporter
from donations.web import hints
from donations.web.account.access import theirs
from donations.web.account.deed_forms import FORMS, DeedForm
from donations.web.account.frame import frame
from donations.web.account.page import Agreement
from donations.web.account.steps import steps_of
from donations.web.flooding import is_flooding
from donations.web.give import PER_PERSON, PER_PLACE, SeeOther

DONE: Mapping[str, Promise] = {
    "change": gettext_lazy("Changed. It holds from the next payment on."),
    "pause": gettext_lazy("Paused. Nothing is taken until then, and it goes on by itself."),
    "resume": gettext_lazy("It goes on with the next payment."),
    "keep": gettext_lazy("It goes on. Thank you for staying."),
}


@theirs
@require_http_methods(["GET", "HEAD", "POST"])
def page(
    request: HttpRequest, language: str, supporter: Supporter, token: str, name: str
) -> HttpResponseBase:
    """GET asks, POST does; what makes no sense any more leads back to how it stands."""
    known = belongings.agreement_of(supporter, token)
    if known is None:
        raise Http404
    if name not in steps_of(known):
        return redirect("account", language)
    form = FORMS[name](request.POST if request.method == "POST" else None, subscription=known)
    if not form.is_valid():
        return asking(request, language, form, name, status=422 if form.is_bound else 200)
    rates = (PER_PERSON, PER_PLACE)
    if is_flooding(request, action="give", email=supporter.email, rates=rates):
        return asking(request, language, form, name, notice="busy", status=429)
    return carried_out(request, language, form, name)


def carried_out(request: HttpRequest, language: str, form: DeedForm, name: str) -> HttpResponseBase:
    """Done, or a calm word about why not; our state is the provider's by then."""
    try:
        where = do(language, form, name)
    except AmountTooSmall:
        form.add_error("money", _("This is too little for a card payment. Choose a larger amount."))
        return asking(request, language, form, name, status=422)
    except giving.ChangeUnavailable:
        return asking(request, language, form, name, notice="down", status=503)
    except giving.AlreadyEnded:
        messages.info(request, _("This support had ended already. Nothing is taken."))
    except (giving.ChangeRefused, giving.NotNow, NotOverAnApi):
        messages.info(request, _("That cannot be done right now. Nothing has changed."))
    else:
        if name in DONE:
            messages.success(request, str(DONE[name]))
        return SeeOther(where)
    hints.mail_soon()
    return SeeOther(reverse("account", args=[language]))


def do(language: str, form: DeedForm, name: str) -> str:
    """Ask the provider. Answers where to go next: home, or to the provider's page for a card."""
    token, home = form.cleaned_data["token"], reverse("account", args=[language])
    if name == "card":
        back = absolute(reverse("account_card_back", args=[language]))
        return giving.new_card_page(
            subscription=form.subscription, language=language, back=back, token=token
        )
    giving.decide(
        subscription=form.subscription,
        step=cast(Step, name),
        token=token,
        at=timezone.now(),
        **form.wanted,
    )
    hints.mail_soon()
    return home


@theirs
@require_http_methods(["GET", "HEAD"])
def card_back(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """From the provider's page. Whether a card was given there, only the next payment shows."""
    messages.info(
        request,
        _("If you gave a new card, the next payment is taken from it. Nothing else changed."),
    )
    return redirect("account", language)


def asking(
    request: HttpRequest,
    language: str,
    form: DeedForm,
    name: str,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The question, and the button."""
    known = form.subscription
    route = f"account_{name}"
    addresses = {code: reverse(route, args=[code, known.token]) for code, _n in settings.LANGUAGES}
    context: dict[str, Any] = {
        **frame(language),
        "addresses": addresses,
        "agreement": Agreement(known, queries.stop_url(known)),
        "form": form,
        "deed": name,
        "notice": notice,
    }
    return render(request, "account/deed.html", context, status=status)
