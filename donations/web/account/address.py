"""Another e-mail address: wished for here, confirmed in the new mailbox, told to the old one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donations.links import page as link
from donations.outbox.models import Message
from donations.outbox.operations import queue
from donations.supporters import addresses
from donations.supporters.models import AddressChange, Supporter
from donations.web import hints
from donations.web.account.access import opened, theirs
from donations.web.account.frame import frame
from donations.web.account.freshness import fresh
from donations.web.flooding import is_flooding
from donations.web.following import AddressField
from donations.web.give import SeeOther

RATES = ("5/h/key", "20/h/ip")


class AddressForm(forms.Form):
    """Where mail is to go."""

    email = AddressField()


@theirs
@fresh("account_address")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """The answer is the same whoever has the new address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = {**frame(language, "account_address"), "form": form, "now": supporter.email}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "account/address.html", context, status=status)
    if is_flooding(request, action="address", email=supporter.email, rates=RATES):
        busy = {**context, "notice": "busy"}
        return render(request, "account/address.html", busy, status=429)
    wish(supporter, form.cleaned_data["email"])
    messages.info(
        request,
        _("Look into the new mailbox: the link there confirms it. Until then nothing changes."),
    )
    return SeeOther(reverse("account", args=[language]))


def wish(supporter: Supporter, email: str) -> None:
    """Kept, and told at both ends, once."""
    at = timezone.now()
    change = addresses.want_address(supporter=supporter, new=email, at=at)
    if change is None:
        return
    ends = (
        (Message.Kind.NEW_ADDRESS, change.new, "address_confirm", addresses.CONFIRM),
        (Message.Kind.ADDRESS_LEAVES, change.old, "address_object", addresses.OBJECT),
    )
    for kind, to, route, purpose in ends:
        token = addresses.token_of(change, purpose=purpose)
        url = link(route, language=supporter.language, token=token)
        queue(
            key=f"address_change:{change.pk}:{purpose}",
            kind=kind,
            to=to,
            language=supporter.language,
            context={"new": change.new, "answer_url": url},
            at=at,
        )
    hints.mail_soon()


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, language: str) -> HttpResponseBase:
    """From the new mailbox. A link that is opened by a machine confirms nothing: POST does."""
    change = known(request, addresses.CONFIRM)
    if change is None:
        return answered(request, language, "over", status=410)
    if request.method != "POST":
        return answered(request, language, "confirm", change=change)
    try:
        is_done = addresses.confirm_address(change=change, at=timezone.now())
    except addresses.ChangeUnknown:
        return answered(request, language, "over", status=410)
    return answered(request, language, "confirmed" if is_done else "taken")


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, language: str) -> HttpResponseBase:
    """From the old mailbox."""
    change = known(request, addresses.OBJECT)
    if change is None:
        return answered(request, language, "over", status=410)
    if request.method != "POST":
        return answered(request, language, "object", change=change)
    is_off = addresses.call_off(change=change, at=timezone.now())
    return answered(request, language, "called_off" if is_off else "over")


def known(request: HttpRequest, purpose: str) -> AddressChange | None:
    """The wish that the link is about; None when there is nothing to answer."""
    try:
        return addresses.change_of(request.GET.get("token", ""), purpose=purpose)
    except addresses.ChangeUnknown:
        return None


def answered(
    request: HttpRequest,
    language: str,
    what: str,
    *,
    change: AddressChange | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the link asks, or what came of it."""
    context = {**frame(language), "what": what, "new": change.new if change else ""}
    answer = render(request, "account/address_answer.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer
