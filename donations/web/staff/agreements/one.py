"""One agreement: how it stands, and what a colleague may change for its supporter."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from donations.care import agreements
from donations.gateways.base import AmountTooSmall
from donations.gateways.registry import gateway_named
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.supporters.models import User
from donations.team.rights import Right, may
from donations.web.staff.access import allowed, colleague
from donations.web.staff.agreements.forms import FORMS, StepForm
from donations.web.staff.shell import show

Status = Subscription.Status
DONE: Mapping[str, Promise] = {
    "change": gettext_lazy("Changed. It holds from the next payment on."),
    "pause": gettext_lazy("Paused. Nothing is taken until then."),
    "resume": gettext_lazy("It goes on with the next payment."),
    "cancel": gettext_lazy("It ends, and no further payment is taken."),
}
UNANSWERED = gettext_lazy(
    "The provider does not answer. Try again in a moment with the same button: what was done is "
    "not done twice."
)


@allowed(Right.PEOPLE)
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands."""
    return opened(request, find(pk))


@allowed(Right.MONEY)
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Change, pause, resume or cancel it."""
    subscription = find(pk)
    if gateway_named(subscription.gateway).stop_url():
        raise Http404
    form = FORMS[name](request.POST, subscription=subscription, step=name)
    if not form.is_valid():
        return opened(request, subscription, form=form, status=422)
    try:
        carry_out(name, form, by=colleague(request))
    except AmountTooSmall:
        form.add_error("amount", _("This is too little for a card payment."))
        return opened(request, subscription, form=form, status=422)
    except giving.ChangeUnavailable:
        form.add_error(None, str(UNANSWERED))
        return opened(request, subscription, form=form, status=503)
    except (giving.ChangeRefused, giving.NotNow):
        messages.error(request, _("That cannot be done as the agreement stands. Nothing changed."))
    except giving.AlreadyEnded:
        messages.warning(request, _("The agreement has ended already. Nothing was changed."))
    else:
        messages.success(request, str(DONE[name]))
    return redirect("staff_agreement", pk)


def find(pk: int) -> Subscription:
    """It, and whose."""
    known = Subscription.objects.select_related("supporter", "pledge")
    return get_object_or_404(known, pk=pk)


def carry_out(name: str, form: StepForm, *, by: User) -> None:
    """What its form says."""
    told = form.cleaned_data
    common = {
        "subscription": form.subscription,
        "by": by,
        "token": told["token"],
        "why": told["why"],
        "at": timezone.now(),
    }
    match name:
        case "change":
            agreements.change(money=told["amount"], interval=told["interval"], **common)
        case "pause":
            agreements.pause(months=told["months"], **common)
        case "resume":
            agreements.resume(**common)
        case "cancel":
            agreements.cancel(at_once=told["when"] == "now", **common)


def opened(
    request: HttpRequest,
    subscription: Subscription,
    *,
    form: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Its page, with a form that was not carried out."""
    stop_url = gateway_named(subscription.gateway).stop_url()
    steps = steps_of(subscription) if may(colleague(request), Right.MONEY) else ()
    forms = {name: FORMS[name](subscription=subscription, step=name) for name in steps}
    if form is not None:
        forms |= {name: form for name in forms if isinstance(form, FORMS[name])}
    context = {
        "agreement": subscription,
        "stop_url": stop_url,
        "forms": {} if stop_url else forms,
        "failed": form,
        "gifts": subscription.donations.order_by("-received_at", "-pk")[:24],
    }
    return show(request, "staff/agreements/one.html", context, status=status)


def steps_of(subscription: Subscription) -> tuple[str, ...]:
    """What can be done as it stands."""
    match subscription.status:
        case Status.CANCELED | Status.INCOMPLETE:
            return ()
        case Status.PAUSED:
            return ("resume", "pause", "change", "cancel")
        case Status.ACTIVE if subscription.cancel_at is None:
            return ("change", "pause", "cancel")
    return ("change", "cancel")
