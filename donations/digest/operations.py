"""Who gets it, and sending it once."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from donations.digest.links import leave_url
from donations.digest.telling import told
from donations.digest.weeks import Week, due_week
from donations.outbox.models import Message
from donations.outbox.operations import queue_many, spoken
from donations.supporters.models import User
from donations.team.operations import change_oneself


@transaction.atomic
def leave(*, user: User, at: datetime) -> None:
    """They want it no more; what waits to be sent is not."""
    change_oneself(
        user=user, name=user.first_name, language=user.language, wants_digest=False, at=at
    )
    waiting = Message.objects.filter(kind=Message.Kind.WEEKLY_DIGEST, to=user.email)
    waiting.filter(state=Message.State.PENDING).mark_failed(error="no longer wanted")


def queue_due(*, at: datetime) -> int:
    """Write to everybody who wants it about the week that is over; says to how many.

    However often it is called there is one mail for a colleague and a week: its key is unique.
    """
    week = due_week(at)
    if week is None:
        return 0
    readers = User.objects.filter(wants_digest=True, is_staff=True, is_active=True)
    keys = {key_of(each, week): each for each in readers}
    written = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    waiting = {key: keys[key] for key in keys.keys() - set(written)}
    if waiting:
        said = told(week=week, at=at)
        queue_many(letters=[letter(key, each, said, at) for key, each in waiting.items()])
    return len(waiting)


def key_of(user: User, week: Week) -> str:
    """One for a colleague and a week."""
    return f"digest:{user.pk}:{week.name}"


def letter(key: str, user: User, said: dict[str, Any], at: datetime) -> Message:
    """The same figures for all, in the language of each, with the reader's own way out."""
    return Message(
        key=key,
        kind=Message.Kind.WEEKLY_DIGEST,
        to=user.email,
        language=spoken(user.language or settings.LANGUAGE_CODE),
        context={**said, "leave_url": leave_url(user)},
        next_attempt_at=at,
        created_at=at,
    )
