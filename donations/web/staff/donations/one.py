"""One donation: what the provider told, what stands in the books, what was done about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from donations.care import gifts
from donations.gateways.registry import gateway_named
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.supporters.models import User
from donations.team.rights import Right, may
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show

DOORS: tuple[tuple[Right, str, Promise], ...] = (
    (Right.HELP, "staff_donation_receipt", _("Send the receipt again")),
    (Right.MONEY, "staff_donation_refund", _("Give money back")),
)


@allowed(Right.PEOPLE)
@require_safe
def donation(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about it."""
    known = Donation.objects.select_related("supporter", "article", "pledge", "subscription")
    found = get_object_or_404(known, pk=pk)
    told = gifts.told_of(found)
    context = {
        "donation": found,
        "told": told,
        "lines": gifts.lines_of(found, told),
        "mails": gifts.mails_of(found),
        "changes": gifts.changes_of(found),
        "refunds": found.refunds.order_by("refunded_at", "pk"),
        "disputes": found.disputes.order_by("opened_at", "pk"),
        "orders": found.refund_orders.order_by("asked_at", "pk"),
        "left": giving.left_of(found),
        "url": gateway_named(found.gateway).payment_url(found.payment_ref or found.gateway_ref),
        "doors": doors(colleague(request)),
        "may_ask": may(colleague(request), Right.MONEY),
    }
    return show(request, "staff/donations/one.html", context)


def doors(user: User) -> list[tuple[str, Promise]]:
    """What this colleague may do."""
    return [(route, words) for right, route, words in DOORS if may(user, right)]
