"""Notifications in words, and one of them with everything that was noted."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.shell import show
from donations.webhooks.models import InboundEvent

GATEWAYS: Mapping[str, str] = {"stripe": "Stripe", "paypal": "PayPal"}
CHIPS: Mapping[str, Promise] = {
    "": gettext_lazy("Need attention"),
    InboundEvent.State.PARKED: gettext_lazy("Set aside"),
    InboundEvent.State.REJECTED: gettext_lazy("Not from the provider"),
}
NOBODY: Mapping[str, Promise] = {
    "": gettext_lazy("Everything that came was understood."),
    InboundEvent.State.PARKED: gettext_lazy("Nothing was set aside."),
    InboundEvent.State.REJECTED: gettext_lazy("Nobody sent us a false notification."),
}
STATES: Mapping[str, Promise] = {
    InboundEvent.State.PENDING: gettext_lazy("It is tried again by itself."),
    InboundEvent.State.DONE: gettext_lazy("It was understood, and is in the books."),
    InboundEvent.State.PARKED: gettext_lazy(
        "It was set aside: it is about another account, or another mode."
    ),
    InboundEvent.State.REJECTED: gettext_lazy("The provider says that it never sent this."),
    InboundEvent.State.STUCK: gettext_lazy("It was tried many times, and is tried no more."),
}


@dataclass(frozen=True)
class Listed:
    """A notification, in words."""

    row: InboundEvent

    @property
    def gateway(self) -> str:
        """Whose it is, or says that it is."""
        return GATEWAYS.get(self.row.gateway, self.row.gateway)

    @property
    def state(self) -> Promise:
        """How it stands."""
        return STATES[self.row.state]

    @property
    def reason(self) -> str:
        """The last line of what went wrong: of a traceback, the one that says it."""
        return self.row.error.strip().rpartition("\n")[2]

    @property
    def may_be_tried(self) -> bool:
        """Not what is understood already, nor what was never to be read."""
        is_unread = self.row.state == InboundEvent.State.PARKED and self.row.attempts == 0
        return self.row.state != InboundEvent.State.DONE and not is_unread


@allowed(Right.REPLAY)
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands, and everything that was noted when it went wrong."""
    row = get_object_or_404(InboundEvent.objects.defer("body", "facts"), pk=pk)
    return show(request, "staff/event.html", {"listed": Listed(row)})
