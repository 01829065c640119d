"""The rates that were entered, and a form for another."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donations.rates import operations
from donations.rates.figures import figure
from donations.rates.models import ExchangeRate
from donations.rates.queries import PER_PAGE, entered
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.keeping import keep_new, kept
from donations.web.staff.rates.forms import RateForm
from donations.web.staff.rates.words import as_entered
from donations.web.staff.shell import show
from donations.web.staff.topics import number


@allowed(Right.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """Withdrawn ones too, the last entered first."""
    form = RateForm(request.POST if request.method == "POST" else None, asked=request.GET.dict())
    if form.is_valid() and kept_new(request, form):
        return redirect("staff_rates")
    rows = list(entered(before=number(request.GET.get("before", "")) or None))
    context = {
        "form": form,
        "rates": [(each, as_entered(each)) for each in rows[:PER_PAGE]],
        "older": rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None,
        "is_first": "before" not in request.GET,
    }
    return show(request, "staff/rates/list.html", context, status=422 if form.is_bound else 200)


def kept_new(request: HttpRequest, form: RateForm) -> bool:
    """A new rate, and who entered it; False with what is wrong in the form."""
    at = timezone.now()
    try:
        with transaction.atomic():
            made = operations.enter(**form.cleaned_data, at=at)
            names = ("currency", "worth_in", "on", "source")
            rate = figure(made.rate)
            keep_new(request, "exchange_rate.entered", made, *names, at=at, rate=rate)
    except operations.AlreadyEntered as error:
        there = error.rate
        told = form.cleaned_data
        if (there.rate, there.source) != (told["rate"], told["source"]):
            form.add_error("rate", taken(there))
            return False
        messages.info(request, _("This rate is here already. Nothing was entered twice."))
        return True
    messages.success(request, _("Entered: %(rate)s") % {"rate": as_entered(made)})
    return True


def taken(there: ExchangeRate) -> str:
    """What to do instead."""
    words = _("There is a rate for this day: %(rate)s. Withdraw it first if it is wrong.")
    return words % {"rate": as_entered(there)}


@allowed(Right.MONEY)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It was wrong: no sum is made with it any more."""
    rate = get_object_or_404(ExchangeRate, pk=pk)
    at = timezone.now()
    with kept(request, "exchange_rate.withdrawn", rate, "withdrawn_at", at=at):
        was_standing = operations.withdraw(rate=rate, at=at)
    if was_standing:
        messages.success(request, _("The rate is withdrawn. It can still be read."))
    return redirect("staff_rates")
