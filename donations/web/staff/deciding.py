"""Whose a gift is: decided with one button, taken back with another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from donations.giving import operations as giving
from donations.giving import queries
from donations.giving.models import Attribution, Donation, Pledge
from donations.supporters.models import Supporter
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show

PER_PAGE = 50
# Numbers, no names: those are on the pages of the people.
TOLD = ("supporter", "pledge", "is_left_alone")


class DecisionForm(forms.Form):
    """The buttons beside a gift, of which one was pressed, and the page of the queue."""

    supporter = forms.ModelChoiceField(Supporter.objects.all(), required=False)
    pledge = forms.ModelChoiceField(Pledge.objects.all(), required=False)
    create = forms.BooleanField(required=False)
    leave = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1)

    def carry_out(self, **what: Any) -> Attribution:
        """Do what the button says; raises what the operations raise."""
        chosen = self.cleaned_data
        if chosen["pledge"]:
            return giving.attach_to_pledge(pledge=chosen["pledge"], **what)
        if chosen["supporter"]:
            return giving.attach(supporter=chosen["supporter"], **what)
        return giving.create_supporter(**what) if chosen["create"] else giving.leave(**what)

    def clean(self) -> dict[str, Any]:
        """One of them it has to be."""
        chosen = self.cleaned_data
        buttons = [chosen.get(each) for each in ("supporter", "pledge", "create", "leave")]
        if not self.errors and sum(map(bool, buttons)) != 1:
            self.add_error(None, "")
        return chosen


@allowed(Right.MONEY)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the buttons; back to the queue, which says what was done."""
    donation, form = get_object_or_404(Donation, pk=pk), DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That is not here any more. Nothing was changed."))
        return redirect("staff_gift", pk)
    try:
        decision = decided(request, donation, form)
    except giving.AlreadyAttributed:
        messages.warning(request, _("It was decided in the meantime whose gift this is."))
        return redirect("staff_gift", pk)
    except giving.NoAddress:
        messages.warning(request, _("PayPal told no address of this payer."))
        return redirect("staff_gift", pk)
    messages.success(request, sentence(decision), extra_tags=tags(decision))
    return redirect(f"{reverse('staff_gifts')}?page={form.cleaned_data['page'] or 1}")


def decided(request: HttpRequest, donation: Donation, form: DecisionForm) -> Attribution:
    """Raises what the operations raise."""
    at, by = timezone.now(), colleague(request)
    with kept(request, "gift.decided", donation, *TOLD, at=at) as deed:
        decision = form.carry_out(donation=donation, by=by, at=at)
        deed.happened, deed.supporter = True, decision.supporter
    return decision


@allowed(Right.MONEY)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back; the gift waits again."""
    decision = get_object_or_404(Attribution, pk=pk)
    try:
        taken_back(request, decision)
    except giving.CannotUndo:
        messages.warning(request, _("This was taken back already, or decided anew since."))
    else:
        messages.success(request, _("Taken back: the gift waits again."))
    return redirect("staff_gift", decision.donation_id)


def taken_back(request: HttpRequest, decision: Attribution) -> None:
    """A supporter whom the decision had made is gone with it. Raises CannotUndo."""
    at = timezone.now()
    with kept(request, "gift.undone", decision.donation, *TOLD, at=at) as deed:
        giving.undo(attribution=decision, by=colleague(request), at=at)
        deed.happened = True
        deed.supporter = Supporter.objects.filter(pk=decision.supporter_id or 0).first()


@allowed(Right.MONEY)
@require_POST
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """The same about the payer's other gifts, taken back together with the first."""
    decision = get_object_or_404(Attribution, pk=pk)
    with kept(request, "gift.alike", decision.donation, at=timezone.now()) as deed:
        count = giving.decide_alike(decision=decision, by=colleague(request), at=timezone.now())
        deed.happened, deed.supporter = bool(count), decision.supporter
        deed.also = {"gifts": count}
    if count:
        messages.success(request, together(count), extra_tags=f"decision-{decision.pk}")
    else:
        messages.warning(request, _("There are no more gifts from this address."))
    return redirect("staff_gifts")


def together(count: int) -> str:
    """How many more were decided."""
    return ngettext(
        "%(count)d more gift from the same address was decided alike.",
        "%(count)d more gifts from the same address were decided alike.",
        count,
    ) % {"count": count}


@allowed(Right.MONEY)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Who decided what, newest first."""
    page = Paginator(queries.attributions(), PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "staff/attributions.html", {"page": page})


def tags(decision: Attribution) -> str:
    """For the buttons beside the message: take it back, decide the payer's other gifts alike."""
    is_of_pledge = decision.action == Attribution.Action.PLEDGED
    more = 0 if is_of_pledge else queries.of_same_payer(decision.donation).count()
    return f"decision-{decision.pk} alike-{more}"


def sentence(decision: Attribution) -> str:
    """What was done, to be taken back in one click."""
    match decision.action:
        case Attribution.Action.LEFT:
            return _("Left without a supporter.")
        case Attribution.Action.CREATED:
            return _("Attached to the new supporter %(name)s") % {"name": decision.supporter}
        case Attribution.Action.PLEDGED if decision.pledge is not None:
            return _("Attached to pledge %(code)s.") % {"code": decision.pledge.code}
    return _("Attached to %(name)s") % {"name": decision.supporter}
