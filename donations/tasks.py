"""Celery's entry points. Each may be lost, doubled or late: the tables are the truth."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from donations import reconciliation
from donations.broadcasts import operations as broadcasts
from donations.digest import operations as digest
from donations.giving import operations as giving
from donations.insights import operations as insights
from donations.lists import exporting
from donations.outbox import bounces
from donations.outbox import operations as outbox
from donations.outbox.queries import is_anything_due
from donations.privacy import erasing
from donations.reconciliation import comparing, importing
from donations.topics.operations import polling
from donations.topics.operations.telling import tell_backers
from donations.watching import operations as watching
from donations.watching.beating import QUEUE, beating, watched
from donations.webhooks import operations as webhooks

# Longer than any outage that nobody notices; what is known already costs a look.
RECONCILE_DAYS = 7
# Below CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT, so that a worker that is stopped stops cleanly.
MAIL_SECONDS = 8
# In one go, so that a stop never waits long.
REPORTS = 200
# A worker that still finds mail to send calls this many; hints that nobody took in time are gone.
FAN_OUT, HINT_SECONDS = 2, 15.0


@shared_task
def process_events() -> None:
    """Understand what is stored, then let its mail out."""
    if webhooks.process_due(at=timezone.now()):
        send_mail.delay()
        recount.delay()


@shared_task
def recount() -> None:
    """Count again what has changed, so that the figures are never a minute old."""
    insights.recount_due(at=timezone.now(), rest=insights.REST)


@shared_task
def send_mail() -> None:
    """Send what waits in the outbox, a few seconds at a time so that a stop never waits long."""
    sent = outbox.send_due(at=timezone.now(), seconds=MAIL_SECONDS)
    if sent and is_anything_due(at=timezone.now()):
        send_mail.delay()


@shared_task
def send_broadcasts() -> None:
    """Begin, freeze and send what is due; more workers join in while there is more to send."""
    now = timezone.now()
    broadcasts.run_due(at=now)
    if broadcasts.send_due(at=now, seconds=MAIL_SECONDS):
        broadcasts.run_due(at=timezone.now())
        for _each in range(FAN_OUT if broadcasts.is_anything_due(at=timezone.now()) else 0):
            send_broadcasts.apply_async(expires=HINT_SECONDS)


@shared_task
@watched
def sweep() -> None:
    """Find what no message told of: waiting events, mail, leases that ran out, old pledges."""
    now = timezone.now()
    webhooks.process_due(at=now)
    outbox.sweep(at=now)
    broadcasts.sweep(at=now)
    broadcasts.take_note(at=now)
    if broadcasts.is_anything_due(at=now):
        send_broadcasts.apply_async(expires=HINT_SECONDS)
    giving.expire_pledges(at=now)
    tell_backers(at=now)
    if importing.is_anything_due(at=now):
        import_activity.delay()
    if comparing.is_anything_due(at=now):
        compare.delay()
    forget_at_providers.delay()
    exporting.expire(at=now)
    if exporting.is_anything_due(at=now):
        write_exports.apply_async(expires=HINT_SECONDS)
    send_mail.delay()
    recount.delay()


@shared_task
def forget_at_providers() -> None:
    """Have providers forget whom we have erased."""
    erasing.forget_at_providers(at=timezone.now())


@shared_task
@watched
def read_bounces() -> None:
    """Read the mailbox that bounces come to, then act on what they say."""
    if bounces.read(at=timezone.now()):
        note_returns.delay()


@shared_task
def note_returns() -> None:
    """Act on what was reported about our mail."""
    if broadcasts.take_note(at=timezone.now(), limit=REPORTS) == REPORTS:
        note_returns.delay()


@shared_task
@watched
def poll_feeds() -> None:
    """Ask one of the newsroom's feeds that are due, then have the next one asked.

    One at a time: a feed may take its time, and mail gets its turn in between.
    """
    if polling.poll_due(at=timezone.now()):
        poll_feeds.delay()


@shared_task
def import_activity() -> None:
    """Look into the activity files that were handed in, import those that were confirmed."""
    if importing.run_due(at=timezone.now()):
        send_mail.delay()


@shared_task
def write_exports() -> None:
    """Write one of the files that colleagues asked for, then have the next one written."""
    if exporting.run_next(clock=timezone.now):
        write_exports.delay()


@shared_task
@watched
def send_digest() -> None:
    """On Monday morning, write the week's figures to the colleagues who want them, once."""
    if digest.queue_due(at=timezone.now()):
        send_mail.delay()


@shared_task
@watched
def reconcile() -> None:
    """Ask the providers what never arrived, then have those days compared."""
    now = timezone.now()
    since = now - timedelta(days=RECONCILE_DAYS)
    try:
        reconciliation.reconcile(since=since, at=now)
    finally:
        comparing.ask(first=since.date(), last=now.date() + timedelta(days=1), at=now)
        compare.delay()


@shared_task
def compare() -> None:
    """Compare the days that were asked for with what providers say moved."""
    comparing.run_due(at=timezone.now())


@shared_task
@watched
def watch() -> None:
    """Look whether something is wrong, and tell colleagues when it stays so."""
    watching.watch(at=timezone.now())


@shared_task
def pulse(queue: str) -> None:
    """Show that somebody reads this queue."""
    with beating(QUEUE + queue):
        pass


@shared_task
@watched
def write_notices() -> None:
    """Tell supporters what is to come: yearly payments, cards that expire."""
    if giving.write_notices(at=timezone.now()):
        send_mail.delay()
