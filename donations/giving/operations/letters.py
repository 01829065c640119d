"""Which letter is queued for what, once: its key is the provider's id of the thing."""

from datetime import datetime
from typing import Any

from donations.gateways.events import InstalmentFailed
from donations.giving.models import Donation, Interval, Pledge, Subscription
from donations.links import page
from donations.money import Money
from donations.outbox.models import Message
from donations.outbox.operations import queue

NEVER_STARTED = "never_started"  # a gateway's word for an agreement that was never paid


def thank(*, donation: Donation, pledge: Pledge, at: datetime) -> None:
    """Thanks for a gift or a first instalment, a receipt for a renewal."""
    if pledge.supporter is None:
        return
    context = facts_of(pledge, donation.money, donation.received_at)
    context["reference"] = f"{donation.gateway_ref}"
    kind = Message.Kind.THANKS
    if donation.subscription is not None:
        kind = Message.Kind.THANKS_SUBSCRIPTION if donation.is_first else Message.Kind.RECEIPT
        context |= {
            "next_at": moment(donation.subscription.next_payment_at),
            "manage_url": manage_url(donation.subscription, pledge.language),
        }
    queue(
        key=f"thanks:{donation}",
        kind=kind,
        to=pledge.supporter.email,
        language=pledge.language,
        context=context,
        at=at,
    )


def tell_failure(*, fact: InstalmentFailed, subscription: Subscription, at: datetime) -> None:
    """An instalment failed: how to mend it, once for each attempt."""
    pledge = subscription.pledge
    if pledge is None or pledge.supporter is None:
        return
    context = facts_of(pledge, fact.money, fact.failed_at) | {
        "interval": rhythm(subscription, pledge),
        "reference": fact.ref,
        "next_attempt_at": moment(fact.next_attempt_at),
        "pay_url": fact.pay_url,
        "manage_url": manage_url(subscription, pledge.language),
    }
    queue(
        key=f"payment_failed:{fact.gateway}:{fact.ref}:{fact.attempt}",
        kind=Message.Kind.PAYMENT_FAILED,
        to=pledge.supporter.email,
        language=pledge.language,
        context=context,
        at=at,
    )


def say_goodbye(*, subscription: Subscription, at: datetime) -> None:
    """A subscription that had begun has ended: say so once, and how to begin again."""
    pledge = subscription.pledge
    has_ended = subscription.status == Subscription.Status.CANCELED
    if not has_ended or subscription.end_reason == NEVER_STARTED:
        return
    if pledge is None or pledge.supporter is None:
        return
    ended_at = subscription.ended_at or subscription.observed_at
    context = facts_of(pledge, subscription.money, subscription.created_at) | {
        "interval": rhythm(subscription, pledge),
        "reference": subscription.gateway_ref,
        "reason": subscription.end_reason,
        "ended_at": ended_at.isoformat(),
        "support_url": page(
            "give",
            language=pledge.language,
            amount=str(subscription.money.decimal),
            currency=subscription.currency,
            interval=subscription.interval,
        ),
    }
    queue(
        key=f"support_ended:{subscription}",
        kind=Message.Kind.SUPPORT_ENDED,
        to=pledge.supporter.email,
        language=pledge.language,
        context=context,
        at=at,
    )


def facts_of(pledge: Pledge, money: Money, given_at: datetime) -> dict[str, Any]:
    """What every letter about money says, frozen as it is now."""
    return {
        # Only the name that came with this very gift: an unpaid form may name anybody anything.
        "name": pledge.name,
        "amount_minor": money.minor,
        "currency": money.currency,
        "interval": str(Interval(pledge.interval)),
        "given_at": given_at.isoformat(),
    }


def rhythm(subscription: Subscription, pledge: Pledge) -> str:
    """How often, in a word that letters have."""
    odd = subscription.interval == Interval.OTHER
    return str(pledge.interval if odd else subscription.interval)


def manage_url(subscription: Subscription, language: str) -> str:
    """The page on which support is seen and stopped; its token is known to the supporter alone."""
    return page("support", language=language, token=subscription.token)


def moment(at: datetime | None) -> str | None:
    """A moment as JSON keeps it."""
    return at.isoformat() if at else None
