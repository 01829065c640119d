"""What may be asked about outgoing mail."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from donations.outbox.models import Message, Suppression
from donations.outbox.models.sending import State

NEWEST = 1000


def is_anything_due(*, at: datetime) -> bool:
    """Whether another run of the pump would find something."""
    return Message.objects.due(at).exists()


def counts_by_state() -> dict[State, int]:
    """How many messages are where."""
    rows = Message.objects.values_list("state").annotate(n=Count("pk")).order_by()
    return {State(state): n for state, n in rows}


def unsettled() -> dict[State, QuerySet[Message]]:
    """The messages that are due, at work or uncertain; each by an index, however many were sent."""
    waiting = (State.PENDING, State.CLAIMED, State.UNCERTAIN)
    return {state: Message.objects.filter(state=state) for state in waiting}


@dataclass(frozen=True)
class Refused:
    """What mail servers answered, and how often among the newest that were not sent.

    Never their words: there are addresses in them.
    """

    code: int | None
    count: int


def failed_by_answer() -> list[Refused]:
    """Of the newest thousand letters that failed, found by an index, the most frequent first."""
    failed = Message.objects.filter(state=State.FAILED).order_by("-pk")
    codes = Counter(failed.values_list("smtp_code", flat=True)[:NEWEST])
    return [Refused(code, count) for code, count in codes.most_common()]


def oldest_due(*, at: datetime) -> datetime | None:
    """Since when the mail waits that has waited for longest; None when none is due."""
    due = Message.objects.due(at).order_by("next_attempt_at")
    return due.values_list("next_attempt_at", flat=True).first()


def left_alone(*, part: str = "", reason: str = "") -> "QuerySet[Suppression]":
    """Addresses that are not written to, the newest first; those with this part in them."""
    rows = Suppression.objects.order_by("-at", "-pk")
    if part:
        rows = rows.filter(email__icontains=part)
    return rows.filter(reason=reason) if reason else rows
