"""Which letter is queued for what, once: its key is the provider's id of the thing."""

from datetime import datetime, timedelta
from typing import Any

from babel.languages import get_official_languages
from django.conf import settings

from donations.gateways.events import InstalmentFailed
from donations.giving.models import Donation, Interval, Pledge, Subscription
from donations.giving.receiptlinks import receipt_url
from donations.links import page
from donations.money import Money
from donations.outbox.models import Message
from donations.outbox.operations import queue
from donations.outlet.queries import default_language
from donations.supporters.models import Supporter
from donations.supporters.operations import mailbox
from donations.supporters.queries import supporter_at

# A gift that only an activity file told of is thanked for within this time.
FRESH = timedelta(hours=48)
AS_ASKED = "canceled"  # a gateway's word for an agreement that was stopped
NEVER_STARTED = "never_started"  # a gateway's word for an agreement that was never paid


def thank(*, donation: Donation, at: datetime, country: str = "") -> None:
    """Thanks for a gift or a first instalment, a receipt for a renewal.

    To the supporter, or to the address from which it was paid while it is nobody's. What only a
    file told of, and that days later, is not thanked for: the reader has long forgotten it.
    """
    if donation.is_from_file and at - donation.received_at > FRESH:
        return
    if letter := thanks_for(donation, country=country):
        queue(key=f"thanks:{donation}", at=at, **letter)


def thanks_for(donation: Donation, *, country: str = "") -> dict[str, Any]:
    """To whom, in which language and what it says; empty when no address is known."""
    to = recipient(donation)
    if not to:
        return {}
    pledge, subscription = donation.pledge, donation.subscription
    language = pledge.language if pledge else language_for(to, country)
    context = facts_of(
        name=promised_name(donation) or donation.payer_name,
        interval=str(pledge.interval if pledge else Interval.ONCE),
        money=donation.money,
        given_at=donation.received_at,
    )
    context["reference"] = donation.gateway_ref
    context |= own_pages(donation, to, language)
    kind = Message.Kind.THANKS
    if subscription is not None:
        kind = Message.Kind.THANKS_SUBSCRIPTION if donation.is_first else Message.Kind.RECEIPT
        context |= {
            "interval": rhythm(subscription, pledge),
            "next_at": moment(subscription.next_payment_at),
            "manage_url": manage_url(subscription, language),
        }
    return {"kind": kind, "to": to, "language": language, "context": context}


def own_pages(donation: Donation, to: str, language: str) -> dict[str, Any]:
    """Links to the receipt and to their own page, for whom the gift is recorded as theirs."""
    supporter = donation.supporter
    if supporter is None or supporter.email != to:
        return {}
    return {
        "receipt_url": receipt_url(donation=donation, supporter=supporter, language=language),
        "account_url": page("account", language=language),
    }


def recipient(donation: Donation) -> str:
    """The supporter's address, else the payer's; blank when neither is known."""
    if donation.supporter is None:
        return mailbox(donation.payer_email)
    if donation.pledge is not None and donation.pledge.supporter is not None:
        return donation.pledge.supporter.email
    return donation.supporter.email


def promised_name(donation: Donation) -> str:
    """What the reader is called who promised it, if it is theirs."""
    if donation.pledge is None or donation.supporter is None:
        return ""
    return donation.pledge.name


def language_for(address: str, country: str) -> str:
    """The language in which we write to this address already, else that of the payer's country."""
    known = supporter_at(address)
    return known.language if known else language_of(country)


def language_of(country: str) -> str:
    """The language to write in when only the payer's country is known: its first, if we speak it.

    Nobody in Ukraine is thanked in Russian because it is a language there too.
    """
    spoken = get_official_languages(country, de_facto=True) if country else ()
    return spoken[0] if spoken and spoken[0] in dict(settings.LANGUAGES) else default_language()


def tell_failure(*, fact: InstalmentFailed, subscription: Subscription, at: datetime) -> None:
    """An instalment failed: how to mend it, once for each attempt."""
    pledge = subscription.pledge
    if pledge is None or pledge.supporter is None:
        return
    context = facts_of(
        name=pledge.name, interval=pledge.interval, money=fact.money, given_at=fact.failed_at
    ) | {
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


def say_goodbye(*, subscription: Subscription, at: datetime, reason: str = "") -> None:
    """A subscription that had begun has ended: say so once, and how to begin again.

    `reason` is what was known of it before: who gives up after failed payments did not ask for it.
    """
    pledge = subscription.pledge
    supporter = pledge.supporter if pledge else subscription.supporter
    has_ended = subscription.status == Subscription.Status.CANCELED
    if not has_ended or subscription.end_reason == NEVER_STARTED or supporter is None:
        return
    if subscription.stopped_at is not None and subscription.end_reason == AS_ASKED:
        return  # They were told when they stopped it (confirm_stop).
    language = pledge.language if pledge else supporter.language
    ended_at = subscription.ended_at or subscription.observed_at
    context = facts_of(
        name=pledge.name if pledge else "",
        interval=rhythm(subscription, pledge),
        money=subscription.money,
        given_at=subscription.created_at,
    ) | {
        "interval": rhythm(subscription, pledge),
        "reference": subscription.gateway_ref,
        "reason": reason or subscription.end_reason,
        "ended_at": ended_at.isoformat(),
        "support_url": begin_again_url(subscription, language),
    }
    queue(
        key=f"support_ended:{subscription}",
        kind=Message.Kind.SUPPORT_ENDED,
        to=supporter.email,
        language=language,
        context=context,
        at=at,
    )


def confirm_stop(*, subscription: Subscription, at: datetime) -> None:
    """They stopped it here: what that means, until when it runs, and how to begin again."""
    supporter = subscription.supporter
    if supporter is None:
        return
    tell_of(
        subscription=subscription,
        supporter=supporter,
        key=f"support_stopped:{subscription}:{at:%Y%m%d%H%M}",
        kind=Message.Kind.SUPPORT_STOPPED,
        at=at,
        ends_at=moment(subscription.cancel_at),
        support_url=begin_again_url(subscription, supporter.language),
    )


def tell_of(
    *,
    subscription: Subscription,
    supporter: Supporter,
    key: str,
    kind: Message.Kind,
    at: datetime,
    **more: str | None,
) -> None:
    """A letter to its supporter, in their language; `more` is what this one says of it beside."""
    language = supporter.language
    context = facts_of(
        name=supporter.name,
        interval=rhythm(subscription, subscription.pledge),
        money=subscription.money,
        given_at=subscription.created_at,
    ) | {
        "reference": subscription.gateway_ref,
        "account_url": page("account", language=language),
        **more,
    }
    queue(key=key, kind=kind, to=supporter.email, language=language, context=context, at=at)


def begin_again_url(subscription: Subscription, language: str) -> str:
    """The support page with the same choice."""
    return page(
        "give",
        language=language,
        amount=str(subscription.money.decimal),
        currency=subscription.currency,
        interval=subscription.interval,
    )


def facts_of(*, name: str, interval: str, money: Money, given_at: datetime) -> dict[str, Any]:
    """What every letter about money says, frozen as it is now.

    `name` is only ever one that came with this very gift: an unpaid form may name anybody anything.
    """
    return {
        "name": name,
        "amount_minor": money.minor,
        "currency": money.currency,
        "interval": str(Interval(interval)),
        "given_at": given_at.isoformat(),
    }


def rhythm(subscription: Subscription, pledge: Pledge | None) -> str:
    """How often, in a word that letters have."""
    odd = subscription.interval == Interval.OTHER
    return str(pledge.interval if odd and pledge else subscription.interval)


def manage_url(subscription: Subscription, language: str) -> str:
    """The page on which support is seen and stopped; its token is known to the supporter alone."""
    return page("support", language=language, token=subscription.token)


def moment(at: datetime | None) -> str | None:
    """A moment as JSON keeps it."""
    return at.isoformat() if at else None
