"""Subscriptions as their provider has them."""

from datetime import datetime

from donations.gateways.events import InstalmentFailed, SubscriptionObserved
from donations.giving.models import Donation, Subscription
from donations.giving.operations import letters
from donations.giving.operations.fulfilling import NotYetKnown, credit, locked_pledge


def record_subscription(*, fact: SubscriptionObserved, at: datetime) -> Subscription:
    """Keep the newest reading of a subscription's state; an older one changes nothing."""
    pledge = locked_pledge(fact.pledge_token)
    subscription, is_new = Subscription.objects.select_for_update().get_or_create(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        defaults=state_of(fact) | {"created_at": fact.created_at},
    )
    if not is_new and is_newer(fact, subscription):
        subscription.mark_observed(**state_of(fact))
    if pledge is not None and subscription.pledge_id is None:
        subscription.mark_of_pledge(pledge=pledge)
        for donation in Donation.objects.filter(subscription=subscription, pledge=None):
            credit(donation=donation, pledge=pledge, at=at)
    letters.say_goodbye(subscription=subscription, at=at)
    return subscription


def state_of(fact: SubscriptionObserved) -> dict[str, object]:
    """The columns that hold what was read."""
    return {
        "status": fact.status,
        "amount_minor": fact.money.minor,
        "currency": fact.money.currency,
        "interval": fact.interval,
        "customer_ref": fact.customer_ref,
        "period_start": fact.period_start,
        "period_end": fact.period_end,
        "cancel_at": fact.cancel_at,
        "ended_at": fact.ended_at,
        "end_reason": fact.end_reason,
        "observed_at": fact.observed_at,
    }


def is_newer(fact: SubscriptionObserved, known: Subscription) -> bool:
    """Whether a reading stands against what is known: what has ended does not begin again."""
    if bool(fact.ended_at) != bool(known.ended_at):
        return bool(fact.ended_at)
    return fact.observed_at > known.observed_at


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
