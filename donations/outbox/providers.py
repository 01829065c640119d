"""What providers report, translated: anymail has made one vocabulary of eight, this makes ours.

Anymail calls every bounce a bounce; whether it means a dead address each provider says in its own
words.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason

from donations.outbox.marks import mark_in
from donations.outbox.models import MailEvent
from donations.outbox.reporting import Report
from donations.outbox.statuses import code_in, is_alive

Kind = MailEvent.Kind
Said = Mapping[str, Any]

KINDS: Mapping[str, Kind] = {
    EventType.DELIVERED: Kind.DELIVERED,
    EventType.BOUNCED: Kind.BOUNCED,
    EventType.REJECTED: Kind.BOUNCED,
    EventType.FAILED: Kind.REFUSED,
    EventType.DEFERRED: Kind.DEFERRED,
    EventType.COMPLAINED: Kind.COMPLAINED,
    EventType.UNSUBSCRIBED: Kind.UNSUBSCRIBED,
    EventType.UNKNOWN: Kind.OTHER,
}
# By provider: whether it says, in its own words, that there is no such mailbox.
SAYS_DEAD: Mapping[str, Callable[[Said], bool]] = {
    "brevo": lambda said: said.get("event") in ("hard_bounce", "invalid_email"),
    # "old" and "generic" are permanent too, and say only that it was tried for long.
    "mailgun": lambda said: (
        said.get("event-data", {}).get("severity") == "permanent"
        and said["event-data"].get("reason") in ("bounce", "suppress-bounce")
    ),
    "mailjet": lambda said: said.get("event") == "bounce" and bool(said.get("hard_bounce")),
    "postmark": lambda said: (
        (said.get("Type") or said.get("SuppressionReason")) in ("HardBounce", "BadEmailAddress")
    ),
    "resend": lambda said: is_hard_at_resend(said.get("data", {}).get("bounce", {})),
    "sendgrid": lambda said: (
        (said.get("event") == "bounce" and said.get("type", "bounce") == "bounce")
        or said.get("reason") in ("Bounced Address", "Invalid")
    ),
    "sparkpost": lambda said: inner(said).get("bounce_class") in ("10", "30"),
}


def report_of(*, provider: str, event: AnymailTrackingEvent) -> Report | None:
    """What it tells; None for what is no business of ours, as who read what."""
    kind = KINDS.get(event.event_type)
    if kind is None:
        return None
    detail = " ".join(str(part) for part in (event.mta_response, event.description) if part)
    if kind is Kind.BOUNCED and not is_dead_address(provider, event, detail):
        kind = Kind.REFUSED
    return Report(
        provider=provider,
        kind=kind,
        event_id=str(event.event_id or ""),
        mail=mark_in(event.metadata or {}),
        message_id=str(event.message_id or ""),
        email=str(event.recipient or ""),
        detail=" ".join(detail.split()) or str(event.reject_reason or ""),
        # Of nearly all mail it is told that it arrived, and that is soon said.
        raw="" if kind is Kind.DELIVERED else json.dumps(event.esp_event, default=str),
        at=event.timestamp,
    )


def is_dead_address(provider: str, event: AnymailTrackingEvent, detail: str) -> bool:
    """The provider's word, unless the receiver's own code says that it was about something else."""
    if event.reject_reason in (RejectReason.SPAM, RejectReason.UNSUBSCRIBED):
        return False
    return SAYS_DEAD[provider](event.esp_event) and not is_alive(code_in(detail))


def is_hard_at_resend(bounce: Said) -> bool:
    """Its older events have no type and say it in a sentence."""
    if "type" in bounce:
        return bool(bounce["type"] == "Permanent")
    return "sent a hard bounce" in str(bounce.get("message"))


def inner(said: Said) -> Said:
    """SparkPost wraps each of its events twice."""
    return next(iter(said.get("msys", {}).values()), {})
