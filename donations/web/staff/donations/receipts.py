"""A receipt once more."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donations.care.errands import AlreadyDone
from donations.care.receipts import send_again
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.giving.operations.letters import recipient
from donations.team.rights import Right
from donations.web.hints import mail_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.tokens import OnceForm


@allowed(Right.HELP)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom it goes, and the button."""
    donation = get_object_or_404(Donation.objects.select_related("supporter", "pledge"), pk=pk)
    form = OnceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        send(request, donation, form.cleaned_data["token"])
        return redirect("staff_donation", pk)
    to = recipient(donation)
    context = {
        "title": _("Send the receipt again"),
        "about": _("Gift %(reference)s") % {"reference": donation.gateway_ref},
        "lead": _("It goes to %(address)s.") % {"address": to} if to else "",
        "back": reverse("staff_donation", args=[pk]),
        "form": form,
        "button": _("Send it"),
    }
    return show(request, "staff/form.html", context, status=422 if form.is_bound else 200)


def send(request: HttpRequest, donation: Donation, token: str) -> None:
    """Queued, or why not."""
    try:
        send_again(donation=donation, by=colleague(request), token=token, at=timezone.now())
    except AlreadyDone:
        messages.info(request, _("It is being sent already."))
    except giving.TooSoon:
        messages.warning(
            request,
            _("Not sent: one is on its way or was sent just now, or there were three already."),
        )
    except giving.NobodyToWriteTo:
        messages.warning(
            request, _("Not sent: no address is known for this gift, or no mail arrives there.")
        )
    else:
        transaction.on_commit(mail_soon)
        messages.success(request, _("The receipt is on its way."))
