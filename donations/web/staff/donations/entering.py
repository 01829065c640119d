"""Cash and bank transfers, entered by hand."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donations.care import cash
from donations.supporters.models import Supporter
from donations.team.rights import Right
from donations.web.hints import mail_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.donations.forms import EntryForm
from donations.web.staff.shell import show


@allowed(Right.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The form: for somebody known (`?supporter=`), somebody new, or nobody."""
    number = request.GET.get("supporter", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    supporter = Supporter.objects.filter(pk=number).first() if is_number else None
    form = EntryForm(request.POST if request.method == "POST" else None, supporter=supporter)
    if form.is_valid() and (answer := entered(request, form)):
        return answer
    back = reverse("staff_supporter", args=[supporter.pk]) if supporter else ""
    context = {
        "title": _("Enter a gift"),
        "about": supporter or _("Donations"),
        "lead": _(
            "Cash, or a transfer to the bank account. It cannot be edited later, only given back."
        ),
        "back": back or reverse("staff_donations"),
        "form": form,
        "button": _("Enter it"),
    }
    return show(request, "staff/form.html", context, status=422 if form.is_bound else 200)


def entered(request: HttpRequest, form: EntryForm) -> HttpResponse | None:
    """The gift's page, or None with what is wrong in the form."""
    at = timezone.now()
    try:
        received = form.received(at)
        donation = cash.enter(received=received, by=colleague(request), at=at)
    except cash.AlreadyEntered as error:
        if error.donation.money == received.money:
            messages.info(request, _("This is in the books already. Nothing was entered twice."))
            return redirect("staff_donation", error.donation.pk)
        form.add_error("ref", _("This reference stands for another gift already."))
        return None
    transaction.on_commit(mail_soon)
    messages.success(request, _("It is in the books."))
    return redirect("staff_donation", donation.pk)
