"""Giving money back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donations.care import refunds
from donations.gateways.registry import gateway_named
from donations.giving import operations as giving
from donations.giving.models import Donation, RefundOrder
from donations.giving.operations.refunding import ALREADY, CONTESTED
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.donations.forms import RefundForm, too_much
from donations.web.staff.shell import show

State = RefundOrder.State
# Where only a person can give money back, on the provider's own pages.
BY_HAND_THERE = ("paypal",)


@allowed(Right.MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """All of a gift, or a part."""
    donation = get_object_or_404(Donation.objects.select_related("supporter"), pk=pk)
    left = giving.left_of(donation)
    if donation.gateway in BY_HAND_THERE:
        url = gateway_named(donation.gateway).payment_url(donation.gateway_ref)
        context = {"donation": donation, "left": left, "url": url}
        return show(request, "staff/donations/refund_paypal.html", context)
    form = RefundForm(request.POST if request.method == "POST" else None, left=left)
    known = RefundOrder.objects.filter(donation=donation, token=request.POST.get("token", ""))
    if form.is_bound and (order := known.first()):
        return answered(request, order, refunds.ask(order=order, at=timezone.now()))
    if form.is_valid():
        return refunded(request, donation, form)
    return asked(request, donation, form)


def asked(request: HttpRequest, donation: Donation, form: RefundForm) -> HttpResponse:
    """The form."""
    context = {
        "title": _("Give money back"),
        "about": _("Gift %(reference)s") % {"reference": donation.gateway_ref},
        "back": reverse("staff_donation", args=[donation.pk]),
        "form": form,
        "button": _("Give it back"),
        "donation": donation,
        "left": form.left,
    }
    status = 422 if form.is_bound else 200
    return show(request, "staff/donations/refund.html", context, status=status)


def refunded(request: HttpRequest, donation: Donation, form: RefundForm) -> HttpResponse:
    """Ordered, and what became of it."""
    told = form.cleaned_data
    try:
        order = refunds.refund(
            donation=donation,
            money=told["amount"],
            by=colleague(request),
            token=told["token"],
            why=told["why"],
            at=timezone.now(),
        )
    except giving.TooMuch as error:
        form.add_error("amount", too_much(error.left))
        return asked(request, donation, form)
    return answered(request, order, order)


@allowed(Right.MONEY)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more about an order that nobody answered; it gives one refund all the same."""
    order = get_object_or_404(RefundOrder.objects.select_related("donation"), pk=pk)
    return answered(request, order, refunds.ask(order=order, at=timezone.now()))


def answered(request: HttpRequest, order: RefundOrder, now: RefundOrder) -> HttpResponse:
    """Back to the gift, with what is known."""
    match now.state:
        case State.MADE:
            messages.success(request, _("The money is on its way back."))
        case State.ASKED:
            messages.warning(
                request,
                _(
                    "The provider has not answered, so it is not known yet whether the money goes "
                    "back. Ask again in a few minutes; it is given back once all the same."
                ),
            )
        case _:
            messages.error(request, why_not(now))
    return redirect("staff_donation", order.donation_id)


def why_not(order: RefundOrder) -> str:
    """The provider's no, in words."""
    if order.problem == ALREADY:
        return _("Nothing was given back: at the provider this payment is refunded already.")
    if order.problem == CONTESTED:
        return _(
            "Nothing was given back: the payment is contested at the supporter's bank, which "
            "decides who has the money."
        )
    return _("The provider refused to give this back. Nothing was changed.")
