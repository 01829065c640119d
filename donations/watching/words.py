"""Each trouble in words: what is wrong, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from donations.watching.queries import Trouble

PROVIDERS: Mapping[str, str] = {"stripe": "Stripe", "paypal": "PayPal"}


@dataclass(frozen=True)
class Said:
    """A trouble in the language of who reads it. `route` is the page of the desk about it."""

    what: str
    do: str
    route: str


Texts = tuple[str, str, str]
HEALTH, RECONCILIATION = "staff_health", "staff_reconciliation"
TEXTS: Mapping[str, Texts] = {
    "nothing_runs": (
        gettext_noop("Nothing runs: notifications are not understood and no mail leaves."),
        gettext_noop(
            "Start the worker and the beat again, and look whether the task queue answers "
            "(/readyz tells)."
        ),
        HEALTH,
    ),
    "queue_unread": (
        gettext_noop("No worker reads the queue “%(about)s”: what is in it is not done."),
        gettext_noop("Start a worker that reads it, or look into the log of the one that did."),
        HEALTH,
    ),
    "task_failed": (
        gettext_noop("The task “%(about)s” went wrong when it last ran."),
        gettext_noop(
            "It runs again by itself. If this stays, the error below or the log says why."
        ),
        HEALTH,
    ),
    "task_late": (
        gettext_noop("The task “%(about)s” has not run for too long."),
        gettext_noop("Start the beat again: it is what tells workers that it is time."),
        HEALTH,
    ),
    "provider_silent": (
        gettext_noop("%(provider)s has been silent for longer than is usual here."),
        gettext_noop(
            "If there were gifts, its notifications do not reach us: look whether its address for "
            "notifications is still this site's. What is missing can be fetched meanwhile."
        ),
        RECONCILIATION,
    ),
    "events_stuck": (
        gettext_noop("Some notifications could not be understood, and are tried no more."),
        gettext_noop("Open one to see why. When the reason is gone, try them again."),
        HEALTH,
    ),
    "mail_late": (
        gettext_noop("Mail waits that should have left by now."),
        gettext_noop("Look whether the mail server takes mail; its answers are in the log."),
        HEALTH,
    ),
    "differences": (
        gettext_noop("Our books and the provider's differ, and have for more than a day."),
        gettext_noop(
            "Open the day to see what differs. Fetch what is missing, and say what is not ours."
        ),
        RECONCILIATION,
    ),
    "not_compared": (
        gettext_noop("The books could not be compared with a provider's."),
        gettext_noop("Compare again. If that fails too, look at the keys of that provider."),
        RECONCILIATION,
    ),
    "disk_full": (
        gettext_noop("The disk is almost full."),
        gettext_noop("Make room: when it is full, nothing can be kept, gifts neither."),
        HEALTH,
    ),
}
TASK_NAMES: Mapping[str, str] = {
    "sweep": gettext_noop("finding what was left behind"),
    "watch": gettext_noop("looking whether all is well"),
    "poll_feeds": gettext_noop("reading the newsroom's feeds"),
    "read_bounces": gettext_noop("reading what bounced"),
    "send_digest": gettext_noop("the week's mail to colleagues"),
    "reconcile": gettext_noop("asking providers what never arrived"),
    "write_notices": gettext_noop("telling supporters what is to come"),
}
QUEUE_NAMES: Mapping[str, str] = {
    "celery": gettext_noop("payments and receipts"),
    "broadcasts": gettext_noop("mail to many"),
    "outside": gettext_noop("asking others: feeds, mailboxes, comparisons"),
}


def say(trouble: Trouble) -> Said:
    """In the language in force."""
    what, do, route = TEXTS[trouble.what]
    told = {
        "about": called(trouble.about),
        "provider": PROVIDERS.get(trouble.about, trouble.about),
    }
    return Said(what=_(what) % told, do=_(do), route=route)


def called(name: str) -> str:
    """A task or a queue, as people call it."""
    words = TASK_NAMES.get(name) or QUEUE_NAMES.get(name)
    return _(words) if words else name
