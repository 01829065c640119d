"""Celery's entry points. Each may be lost, doubled or late: the tables are the truth."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from donations import reconciliation
from donations.broadcasts import operations as broadcasts
from donations.giving import operations as giving
from donations.outbox import bounces
from donations.outbox import operations as outbox
from donations.outbox.queries import is_anything_due
from donations.reconciliation import importing
from donations.topics.operations import polling
from donations.topics.operations.telling import tell_backers
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
    send_mail.delay()


@shared_task
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
def reconcile() -> None:
    """Ask the providers what never arrived."""
    now = timezone.now()
    reconciliation.reconcile(since=now - timedelta(days=RECONCILE_DAYS), at=now)
