"""Keeping what was told of a subscription, moment by moment, whatever stands already."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from donations.gateways.events import SubscriptionObserved
from donations.giving.models import Interval, Reading, Subscription
from donations.recounts.operations import mark

# Of two states that are told of one moment the later one of these stands.
STAGES = ("", *Subscription.Status.values)
TOLD = ("status", "amount_minor", "currency", "interval", "is_guess")


def reading_of(fact: SubscriptionObserved, subscription: Subscription) -> Reading:
    """The row of what a fact tells, not stored yet."""
    money = fact.money or fact.guess
    return Reading(
        subscription=subscription,
        told_at=fact.observed_at,
        status=fact.status or "",
        amount_minor=money.minor if money else None,
        currency=money.currency if money else "",
        interval=(fact.interval or Interval.OTHER) if money else "",
        is_guess=fact.money is None and money is not None,
    )


def keep(told: Iterable[Reading]) -> None:
    """Keep these. What is known of the same moment is completed, and a second time changes nothing.

    Whoever calls this holds the subscriptions' locks.
    """
    readings = list(told)
    known = stored(readings)
    new: list[Reading] = []
    for reading in readings:
        same = known.setdefault((reading.subscription_id, reading.told_at), reading)
        if same is reading:
            new.append(reading)
        elif complete(same, reading) and same.pk is not None:
            same.save(update_fields=TOLD)
        mark(reading.subscription.marks(is_new=False))
    Reading.objects.bulk_create(new)


def stored(readings: Sequence[Reading]) -> dict[tuple[int, datetime], Reading]:
    """What is known of these moments."""
    found = Reading.objects.filter(
        subscription__in={reading.subscription_id for reading in readings},
        told_at__in={reading.told_at for reading in readings},
    )
    return {(reading.subscription_id, reading.told_at): reading for reading in found}


def complete(known: Reading, told: Reading) -> bool:
    """Add what another message says of the same moment; False when it adds nothing.

    Told terms stand before a guess, then the larger ones: so the order of telling is no matter.
    """
    before = [getattr(known, name) for name in TOLD]
    known.status = max(known.status, told.status, key=STAGES.index)
    if rank(told) > rank(known):
        for name in TOLD[1:]:
            setattr(known, name, getattr(told, name))
    return before != [getattr(known, name) for name in TOLD]


def rank(reading: Reading) -> tuple[bool, bool, int, str, str]:
    """How much its terms say."""
    has_terms = reading.amount_minor is not None
    return (
        has_terms,
        has_terms and not reading.is_guess,
        reading.amount_minor or 0,
        reading.currency,
        reading.interval,
    )


def move(*, source: Subscription, target: Subscription) -> None:
    """Two rows turned out to be one agreement: what was told of one was told of the other."""
    moved = list(source.readings.all())
    for reading in moved:
        reading.pk, reading.subscription = None, target
        reading._state.adding = True  # noqa: SLF001 - Django's way to copy a row
    keep(moved)
