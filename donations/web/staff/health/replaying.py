"""Trying notifications again: one of them, or all that are tried no more."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from donations.history.operations import keep_change
from donations.supporters.models import User
from donations.team.rights import Right
from donations.web.hints import process_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.health.events import Listed
from donations.webhooks import operations as webhooks
from donations.webhooks.models import InboundEvent

# With one press; the rest with the next.
MOST = 1000


@allowed(Right.REPLAY)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it processed once more; what is in the books already is not written twice."""
    row = get_object_or_404(InboundEvent.objects.defer("body", "facts"), pk=pk)
    if Listed(row).may_be_tried and woken([row], by=colleague(request)):
        messages.success(request, _("It is being tried again. Look at this page in a moment."))
    else:
        messages.warning(request, _("There is nothing to try again."))
    return redirect("staff_event", pk)


@allowed(Right.REPLAY)
@require_POST
def all_again(request: HttpRequest) -> HttpResponse:
    """Everything that is tried no more, the oldest first."""
    stuck = InboundEvent.objects.filter(state=InboundEvent.State.STUCK)
    rows = list(stuck.defer("body", "facts", "error").order_by("received_at", "pk")[:MOST])
    if number := woken(rows, by=colleague(request)):
        text = ngettext(
            "%(number)d notification is being tried again. Look at this page in a moment.",
            "%(number)d notifications are being tried again. Look at this page in a moment.",
            number,
        )
        messages.success(request, text % {"number": number})
    else:
        messages.warning(request, _("There is nothing to try again."))
    return redirect("staff_health")


@transaction.atomic
def woken(rows: list[InboundEvent], *, by: User) -> int:
    """Wake them and keep in the history who did; how many there were to wake."""
    now, number = timezone.now(), 0
    for row in rows:
        before = {"state": row.state, "attempts": row.attempts}
        if webhooks.wake(event_id=row.pk, at=now):
            after = {"state": InboundEvent.State.PENDING.value, "attempts": 0}
            keep_change(what="event.replayed", by=by, about=row, before=before, after=after, at=now)
            number += 1
    if number:
        transaction.on_commit(process_soon)
    return number
