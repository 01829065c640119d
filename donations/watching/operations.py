"""Keeping alarms, and telling those who can do something about them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from donations.outbox.models import Message
from donations.outbox.operations import queue
from donations.outlet.queries import default_language
from donations.supporters.models import Role, User
from donations.watching.models import Alarm
from donations.watching.queries import Trouble, parts, troubles
from donations.watching.words import say

# What mends itself within that time is nobody's trouble.
PATIENCE = timedelta(minutes=30)


def watch(*, at: datetime) -> None:
    """Look, remember since when each thing has been wrong, and write about what stays so."""
    found = {trouble.kind: trouble for trouble in troubles(parts(at=at), at=at)}
    keep(list(found), at=at)
    for alarm in Alarm.objects.filter(ended_at=None, since__lte=at - PATIENCE):
        if alarm.kind in found and not was_told(alarm, at):
            tell(alarm=alarm, trouble=found[alarm.kind], at=at)


@transaction.atomic
def keep(kinds: list[str], *, at: datetime) -> None:
    """Those that are new begin now, those that are gone end."""
    Alarm.objects.filter(ended_at=None).exclude(kind__in=kinds).update(ended_at=at)
    Alarm.objects.bulk_create([Alarm(kind=kind, since=at) for kind in kinds], ignore_conflicts=True)


def was_told(alarm: Alarm, at: datetime) -> bool:
    """Today already; the day is the newsroom's."""
    return alarm.told_at is not None and day(alarm.told_at) == day(at)


def day(at: datetime) -> str:
    """The day in the newsroom."""
    return timezone.localtime(at, timezone.get_default_timezone()).date().isoformat()


@transaction.atomic
def tell(*, alarm: Alarm, trouble: Trouble, at: datetime) -> None:
    """One mail to each of them, and of a kind one a day, however often it ends and begins."""
    for user in responsible():
        language = language_of(user)
        with translation.override(language):
            said = say(trouble)
        queue(
            key=f"alarm:{trouble.kind}:{user.pk}:{day(at)}",
            kind=Message.Kind.ALARM,
            to=user.email,
            language=language,
            context={
                "what": said.what,
                "do": said.do,
                "since": alarm.since.isoformat(),
                "desk_url": settings.SITE_URL + reverse(said.route),
            },
            at=at,
        )
    alarm.mark_told(at=at)


def responsible() -> list[User]:
    """Administrators and treasurers."""
    roles = Q(is_superuser=True) | Q(role__in=(Role.ADMINISTRATOR, Role.TREASURER))
    found = User.objects.filter(roles, is_staff=True, is_active=True)
    return list(found.order_by("pk"))


def language_of(user: User) -> str:
    """What they chose for the desk, else the newsroom's own."""
    return user.language or default_language()
