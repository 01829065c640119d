"""What the workers do: begin, write the list, send, tidy up. Each may be lost, doubled or late."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from donations.broadcasts.editions import BrokenEdition, NothingToSay, freeze_words
from donations.broadcasts.freezing import BooksDoNotBalance, close, freeze_range
from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.pump import Mailing
from donations.outbox.models import LiveClaim
from donations.outbox.models.sending import State as Mail

logger = logging.getLogger(__name__)

State = Broadcast.State
# What could not be delivered in this time is given up; the newsroom's news is old by then.
GIVE_UP_AFTER = timedelta(days=3)
LIMIT = 1_000_000


def run_due(*, at: datetime) -> None:
    """Begin what is due, write lists, end what is done."""
    for broadcast in Broadcast.objects.to_be_begun(at).exclude(approved_at=None):
        begin(broadcast, at)
    for broadcast in Broadcast.objects.filter(state=State.FREEZING).select_related("topic"):
        freeze(broadcast, at)
    for broadcast in Broadcast.objects.filter(state=State.SENDING):
        finish(broadcast, at)


def begin(broadcast: Broadcast, at: datetime) -> None:
    """At its time; one that was forgotten for too long waits for somebody to look."""
    scheduled = Broadcast.objects.filter(pk=broadcast.pk)
    late = at - (broadcast.send_at or at)
    if late > broadcast.max_lateness:
        problem = f"It was to be begun at {broadcast.send_at:%Y-%m-%d %H:%M} UTC."
        scheduled.mark(State.NEEDS_REVIEW, of=(State.SCHEDULED,), problem=problem, changed_at=at)
        logger.error("broadcast %s is too late to begin by itself", broadcast.pk)
    else:
        scheduled.mark(State.FREEZING, of=(State.SCHEDULED,), changed_at=at)


def freeze(broadcast: Broadcast, at: datetime) -> None:
    """Write the words, then the list; whatever goes wrong stops before anybody is written to."""
    try:
        freeze_words(broadcast)
        while freeze_range(broadcast_id=broadcast.pk, at=at):
            pass
        broadcast.refresh_from_db()
        close(broadcast=broadcast, at=at)
    except (BrokenEdition, NothingToSay, BooksDoNotBalance) as error:
        logger.exception("broadcast %s cannot be frozen", broadcast.pk)
        review(broadcast, str(error), at)
    except Exception as error:
        logger.exception("broadcast %s cannot be frozen", broadcast.pk)
        review(broadcast, f"{type(error).__name__}: {error}", at)


def review(broadcast: Broadcast, problem: str, at: datetime) -> None:
    """It waits for a person."""
    Broadcast.objects.filter(pk=broadcast.pk).mark(
        State.NEEDS_REVIEW, of=(State.FREEZING,), problem=problem[:300], changed_at=at
    )


def send_due(
    *,
    at: datetime,
    seconds: float = 8.0,
    limit: int = LIMIT,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due, the oldest broadcast first; how many went out.

    Must not be called inside a transaction. Any number of workers may do so at once.
    """
    sent = 0
    sending = Broadcast.objects.filter(state=State.SENDING).select_related("topic__section")
    for broadcast in sending.order_by("frozen_at", "pk"):
        run = Mailing(
            broadcast=broadcast,
            at=at,
            limit=limit - sent,
            seconds=seconds,
            should_stop=should_stop,
        )
        sent += run.run()
        at, seconds = run.now(), seconds - (run.now() - at).total_seconds()
        if seconds <= 0 or sent >= limit:
            break
    return sent


def finish(broadcast: Broadcast, at: datetime) -> None:
    """Ended when nobody waits any more; what was put off and waits after three days is given up.

    Also what was never tried because its domain rests; not what no worker has come to yet.
    """
    waiting = Delivery.objects.filter(broadcast=broadcast).unsettled()
    if broadcast.frozen_at and at - broadcast.frozen_at > GIVE_UP_AFTER:
        put_off = Q(attempts__gt=0) | Q(next_attempt_at__gt=at)
        waiting.filter(put_off, state=Mail.PENDING).mark_failed(error="given up")
    if waiting.exists():
        return
    settled = Delivery.objects.filter(broadcast=broadcast).recipients().count()
    ended = Broadcast.objects.filter(pk=broadcast.pk)
    if settled == broadcast.recipient_count:
        ended.mark(State.FINISHED, of=(State.SENDING,), finished_at=at, changed_at=at)
    else:
        problem = f"{settled} people were settled, and {broadcast.recipient_count} were to be."
        ended.mark(State.NEEDS_REVIEW, of=(State.SENDING,), problem=problem, changed_at=at)


def sweep(*, at: datetime) -> None:
    """Settle what a lost process left behind.

    Claimed but never on the wire: back to the queue. On the wire: uncertain, and never sent again
    by itself, because nobody knows whether it arrived. Claimed before a crash of the database:
    uncertain as well, because that may have forgotten what was on the wire.
    """
    expired = Delivery.objects.expired(at)
    expired.provably_waiting().mark_pending()
    expired.filter(attempted_at=None).mark_uncertain(
        next_attempt_at=at, error="the database was lost"
    )
    expired.filter(attempted_at__isnull=False).mark_uncertain(
        next_attempt_at=at, error="the sending process was lost"
    )
    LiveClaim.forget_old(at)


def is_anything_due(*, at: datetime) -> bool:
    """Whether a worker would find something to do."""
    alive = Broadcast.objects.filter(
        Q(state=State.FREEZING)
        | Q(state=State.SENDING)
        | Q(state=State.SCHEDULED, send_at__lte=at, approved_at__isnull=False)
    )
    return alive.exists()
