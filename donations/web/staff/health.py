"""Whether everything works: what came in last, what could not be understood, what mail waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from donations import readiness
from donations.gateways.registry import in_use
from donations.outbox import queries as outbox
from donations.web.hints import process_soon
from donations.web.staff.access import staff_only
from donations.web.staff.shell import show
from donations.webhooks import operations as webhooks
from donations.webhooks import queries
from donations.webhooks.models import InboundEvent

PER_PAGE = 25
# A newsroom with supporters hears from its providers more often than that.
QUIET = timedelta(days=7)
# The sweeper looks every minute.
MAIL_IS_LATE = timedelta(minutes=10)
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
class Line:
    """A gateway, and when it was last heard of."""

    name: str
    last: datetime | None
    is_quiet: bool


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


@staff_only
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """One look: what is wrong, first; then each part."""
    now, which = timezone.now(), request.GET.get("show", "")
    which = which if which in CHIPS else ""
    lines = [
        Line(GATEWAYS.get(name, name), last, last is not None and now - last > QUIET)
        for name, last in queries.last_received(in_use()).items()
    ]
    mail, oldest = outbox.unsettled(), outbox.oldest_due(at=now)
    page = Paginator(queries.in_state(which), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "alarms": list(alarms(lines, oldest, now)),
        "lines": lines,
        "mail": {state.value: count for state, count in mail.items()},
        "oldest": oldest,
        "chips": CHIPS,
        "which": which,
        "nobody": NOBODY[which],
        "page": page,
        "rows": [Listed(each) for each in page],
    }
    return show(request, "staff/health.html", context)


def alarms(lines: list[Line], oldest: datetime | None, now: datetime) -> Iterator[str]:
    """What somebody has to do something about, in sentences."""
    found = readiness.look()
    if not found["queue"]:
        yield _("The task queue does not answer: nothing is processed and no mail leaves.")
    elif not found["workers"]:
        yield _("No worker answers: nothing is processed and no mail leaves.")
    for line in lines:
        if line.is_quiet:
            yield _(
                "Nothing has come from %(provider)s for more than a week. If there were gifts, its "
                "notifications do not reach us."
            ) % {"provider": line.name}
    if queries.waiting_for_staff():
        yield _("Some notifications could not be understood, and are tried no more.")
    if oldest and now - oldest > MAIL_IS_LATE:
        yield _("Mail waits that should have left by now.")


@staff_only
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """One notification: how it stands, and everything that was noted when it went wrong."""
    row = get_object_or_404(InboundEvent.objects.defer("body"), pk=pk)
    return show(request, "staff/event.html", {"listed": Listed(row)})


@staff_only
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it processed once more; what is in the books already is not written twice."""
    row = get_object_or_404(InboundEvent.objects.defer("body"), pk=pk)
    if Listed(row).may_be_tried and webhooks.wake(event_id=pk, at=timezone.now()):
        transaction.on_commit(process_soon)
        messages.success(request, _("It is being tried again. Look at this page in a moment."))
    else:
        messages.warning(request, _("There is nothing to try again."))
    return redirect("staff_event", pk)
