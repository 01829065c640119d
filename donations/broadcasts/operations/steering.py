"""While it is being sent, and after."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.models.broadcast import BroadcastQuerySet
from donations.broadcasts.models.delivery import DeliveryQuerySet
from donations.outbox.models.sending import State as Mail

State = Broadcast.State
AGAIN = (State.FINISHED, State.PAUSED, State.SENDING)


@transaction.atomic
def pause(*, broadcast: Broadcast, at: datetime) -> bool:
    """Stop after the mails that are on the wire; what workers hold goes back to the queue."""
    paused = of(broadcast).mark(State.PAUSED, of=(State.SENDING,), changed_at=at)
    if paused:
        deliveries(broadcast).filter(state=Mail.CLAIMED).provably_waiting().mark_pending()
    return bool(paused)


def resume(*, broadcast: Broadcast, at: datetime) -> bool:
    """Go on with those who have not got it; whoever becomes uncertain now is asked about anew."""
    going = {"problem": "", "uncertain_left_at": None, "changed_at": at}
    return bool(of(broadcast).mark(State.SENDING, of=(State.PAUSED,), **going))


@transaction.atomic
def cancel(*, broadcast: Broadcast, at: datetime) -> bool:
    """Never send it, or nothing more of it; who has it already keeps it."""
    alive = (State.DRAFT, State.SCHEDULED, State.FREEZING, State.SENDING, State.PAUSED)
    canceled = of(broadcast).mark(
        State.CANCELED, of=(*alive, State.NEEDS_REVIEW), finished_at=at, changed_at=at
    )
    if canceled:
        deliveries(broadcast).filter(state=Mail.CLAIMED).provably_waiting().mark_pending()
    return bool(canceled)


@transaction.atomic
def retry_failed(*, broadcast: Broadcast, at: datetime) -> int:
    """Only the refused ones, once more; how many. Those who left since are weeded out again."""
    return again(broadcast, Mail.FAILED, at)


@transaction.atomic
def resend_uncertain(*, broadcast: Broadcast, at: datetime) -> int:
    """Only those of whom nobody knows; some will get it twice, under the same Message-ID."""
    return again(broadcast, Mail.UNCERTAIN, at)


def leave_uncertain(*, broadcast: Broadcast, at: datetime) -> bool:
    """Staff know of them and leave them; a second time changes nothing."""
    open_ones = of(broadcast).filter(uncertain_left_at=None)
    return bool(open_ones.update(uncertain_left_at=at, changed_at=at))


def again(broadcast: Broadcast, state: Mail, at: datetime) -> int:
    """Back to the queue, and the broadcast with them unless it is paused."""
    if not of(broadcast).filter(state__in=AGAIN).exists():
        return 0
    chosen = deliveries(broadcast).filter(state=state)
    count = chosen.mark_pending(next_attempt_at=at, attempts=0, resends=F("resends") + 1)
    if count:
        going = {"finished_at": None, "uncertain_left_at": None, "changed_at": at}
        of(broadcast).mark(State.SENDING, of=(State.FINISHED,), **going)
    return count


def of(broadcast: Broadcast) -> BroadcastQuerySet:
    """The row as it is now, not as it was read."""
    return Broadcast.objects.filter(pk=broadcast.pk)


def deliveries(broadcast: Broadcast) -> DeliveryQuerySet:
    """Its people."""
    return Delivery.objects.filter(broadcast=broadcast)
