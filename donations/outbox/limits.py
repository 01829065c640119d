"""How fast mail to many may leave, and which domains are left in peace for a while."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from donations.outbox.models import Bucket, Domain

# What a stream may catch up on after a pause.
BURST_SECONDS = 10
TROUBLES_TO_REST = 5
FIRST_REST = timedelta(minutes=10)
LONGEST_REST = timedelta(hours=4)


@transaction.atomic
def take(*, name: str, wanted: int, at: datetime) -> int:
    """How many mails of this stream may leave now, `wanted` at most; they are taken.

    Without a bucket or a rate all of them. Over all workers together, and over restarts.
    """
    limited = Bucket.objects.filter(name=name, per_minute__isnull=False)
    if not limited.exists():
        return wanted
    bucket = limited.select_for_update().first()
    if bucket is None or bucket.per_minute is None:
        return wanted
    earned, bucket.filled_at = earnings(bucket.per_minute, since=bucket.filled_at, at=at)
    available = min(largest(bucket.per_minute), bucket.tokens + earned)
    granted = min(wanted, available)
    if earned or granted:
        bucket.tokens = available - granted
        bucket.save(update_fields=["tokens", "filled_at"])
    return granted


def earnings(per_minute: int, *, since: datetime, at: datetime) -> tuple[int, datetime]:
    """How many tokens have come since then, and up to when they are counted.

    What is not a whole token yet goes on growing, or who asks often would get half the rate.
    """
    earned = int(max((at - since).total_seconds(), 0.0) * per_minute / 60)
    return earned, since + timedelta(minutes=earned / per_minute) if earned else since


def largest(per_minute: int) -> int:
    """What may pile up."""
    return max(1, per_minute * BURST_SECONDS // 60)


def give_back(*, name: str, unused: int) -> None:
    """Tokens that no mail was sent for, so that another mailing of the stream gets them."""
    bucket = Bucket.objects.filter(name=name, per_minute__isnull=False).first()
    if bucket is not None and bucket.per_minute is not None:
        Bucket.objects.filter(pk=bucket.pk).update(
            tokens=Least(F("tokens") + unused, largest(bucket.per_minute))
        )


def set_rate(*, name: str, per_minute: int | None, at: datetime) -> None:
    """At most so many a minute from now on; None for no limit."""
    Bucket.objects.update_or_create(
        name=name, defaults={"per_minute": per_minute, "tokens": 0, "filled_at": at}
    )


def rate(*, name: str) -> int | None:
    """Mails a minute, or None without a limit."""
    return Bucket.objects.filter(name=name).values_list("per_minute", flat=True).first()


def trouble(*, domain: str, reply: str, at: datetime) -> bool:
    """A domain refused a mail, and not because of the address; after a few it is left in peace.

    True when it is, from now on or already.
    """
    Domain.objects.get_or_create(name=domain)
    # What was on its way when the rest began makes it no longer.
    known = Domain.objects.filter(name=domain).exclude(rests_until__gt=at)
    known.update(troubles=F("troubles") + 1, last_reply=reply[:300])
    troubles = known.values_list("troubles", flat=True).first()
    if troubles is not None and troubles < TROUBLES_TO_REST:
        return False
    if troubles is not None:
        rest = min(FIRST_REST * 2 ** min(troubles - TROUBLES_TO_REST, 10), LONGEST_REST)
        known.update(rests_until=at + rest)
    return True


def forgive(*, domain: str) -> None:
    """It took a mail."""
    Domain.objects.filter(name=domain).update(troubles=0, rests_until=None)
