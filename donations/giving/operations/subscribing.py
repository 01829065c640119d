"""Subscriptions as their provider has them."""

from datetime import UTC, datetime
from typing import Any

from donations.gateways.events import InstalmentFailed, SubscriptionObserved
from donations.giving.models import Donation, Interval, Subscription
from donations.giving.operations import letters, reading
from donations.giving.operations.fulfilling import NotYetKnown, credit, is_anothers, locked_pledge
from donations.giving.operations.renaming import known_subscription

# When a state was read that nobody has told.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def record_subscription(*, fact: SubscriptionObserved, at: datetime) -> Subscription:
    """Keep the newest reading of a subscription's state; an older one changes nothing."""
    pledge = locked_pledge(fact.pledge_token)
    subscription = known_subscription(fact)
    reason = subscription.end_reason if subscription and not fact.is_whole else ""
    if subscription is None:
        subscription, is_new = Subscription.objects.select_for_update().get_or_create(
            gateway=fact.gateway, gateway_ref=fact.ref, defaults=first_state(fact)
        )
    else:
        is_new = False
    if not is_new and (changes := news(fact, subscription)):
        subscription.mark_observed(**changes)
    reading.keep([reading.reading_of(fact, subscription)])
    if pledge is not None and not is_anothers(pledge, subscription):
        subscription.mark_of_pledge(pledge=pledge)
    if subscription.pledge is not None:
        for donation in Donation.objects.filter(subscription=subscription, pledge=None):
            credit(donation=donation, pledge=subscription.pledge, at=at)
    borrow_interval(subscription)
    letters.say_goodbye(subscription=subscription, at=at, reason=reason)
    return subscription


def first_state(fact: SubscriptionObserved) -> dict[str, Any]:
    """A row made of the first message, whatever it leaves out."""
    known = terms_of(fact) or guess_of(fact)
    return {
        "status": Subscription.Status.ACTIVE,
        "observed_at": NEVER,
        "created_at": fact.created_at,
        "customer_ref": fact.customer_ref,
        "period_start": paid_at(fact),
        "period_end": fact.period_end,
        "old_ref": fact.old_ref,
        **known,
        **state_of(fact),
    }


def state_of(fact: SubscriptionObserved) -> dict[str, Any]:
    """The columns of what was read, without the terms; a part says only what it tells."""
    read = {
        "status": fact.status,
        "ended_at": fact.ended_at,
        "end_reason": fact.end_reason,
        "observed_at": fact.observed_at,
    }
    if not fact.is_whole:
        return read if fact.status else {}
    return read | {
        "customer_ref": fact.customer_ref,
        "period_start": fact.period_start,
        "period_end": fact.period_end,
        "cancel_at": fact.cancel_at,
        "resumes_at": fact.resumes_at,
    }


def terms_of(fact: SubscriptionObserved) -> dict[str, Any]:
    """The columns of amount and interval, when they are told."""
    if fact.money is None:
        return {}
    return {
        "amount_minor": fact.money.minor,
        "currency": fact.money.currency,
        "interval": fact.interval or Interval.OTHER,
        "terms_at": fact.observed_at,
    }


def guess_of(fact: SubscriptionObserved) -> dict[str, Any]:
    """An amount that was paid stands for the terms until they are told. Raises NotYetKnown."""
    if fact.guess is None:
        raise NotYetKnown(f"the terms of subscription {fact.ref}")
    return {
        "amount_minor": fact.guess.minor,
        "currency": fact.guess.currency,
        "interval": Interval.OTHER,
    }


def news(fact: SubscriptionObserved, known: Subscription) -> dict[str, Any]:
    """What a reading changes in what is known; nothing when it is old."""
    if fact.is_whole:
        return {**terms_of(fact), **state_of(fact)} if is_newer(fact, known) else {}
    changes: dict[str, Any] = {}
    if fact.money and (known.terms_at is None or fact.observed_at >= known.terms_at):
        changes |= terms_of(fact)
    if fact.status and is_newer(fact, known):
        changes |= state_of(fact)
    if (paid := paid_at(fact)) and (known.period_start is None or paid >= known.period_start):
        changes |= {"period_start": paid, **(guess_of(fact) if known.terms_at is None else {})}
    if fact.created_at < known.created_at:
        changes["created_at"] = fact.created_at
    if fact.period_end and (known.period_end is None or fact.period_end > known.period_end):
        changes["period_end"] = fact.period_end
    if fact.customer_ref and not known.customer_ref:
        changes["customer_ref"] = fact.customer_ref
    return changes


def paid_at(fact: SubscriptionObserved) -> datetime | None:
    """When an instalment came that shows the amount: a period begins with it."""
    return fact.observed_at if fact.guess else None


def is_newer(fact: SubscriptionObserved, known: Subscription) -> bool:
    """Whether a reading stands against what is known: what has ended does not begin again.

    Of two messages about an end the earlier one tells when it was.
    """
    if bool(fact.ended_at) != bool(known.ended_at):
        return bool(fact.ended_at)
    if not fact.is_whole and fact.ended_at and known.ended_at:
        return fact.ended_at < known.ended_at
    return fact.observed_at > known.observed_at


def borrow_interval(subscription: Subscription) -> None:
    """How often, from the pledge, while the provider has not told the terms."""
    pledge = subscription.pledge
    if pledge is None or subscription.terms_at is not None:
        return
    if pledge.interval not in (Interval.ONCE, subscription.interval):
        subscription.mark_observed(interval=pledge.interval)


def record_failure(*, fact: InstalmentFailed, at: datetime) -> None:
    """Tell the supporter, once for each attempt. The subscription's state is told separately."""
    subscription = (
        Subscription.objects.select_related("pledge__supporter", "supporter")
        .filter(gateway=fact.gateway, gateway_ref=fact.subscription_ref)
        .first()
    )
    if subscription is None:
        raise NotYetKnown(f"subscription {fact.subscription_ref}")
    letters.tell_failure(fact=fact, subscription=subscription, at=at)
