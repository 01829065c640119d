"""Payments, and the pledges that they fulfil."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from donations.articles.operations import learn_title
from donations.gateways.events import CheckoutEnded, PaymentReceived, PledgeLinked
from donations.giving.models import Donation, Pledge, Subscription
from donations.giving.operations import letters
from donations.sections.operations import ask
from donations.supporters.models import Consent, Supporter
from donations.supporters.operations import learn_name, mailbox, meet_supporter


class NotYetKnown(Exception):
    """The fact is about something that the provider has not told us yet."""


def locked_pledge(token: str, code: str = "") -> Pledge | None:
    """The pledge of a token, else of a code, locked: payments of it come here first."""
    locked = Pledge.objects.select_for_update()
    if token and (pledge := locked.filter(token=token).first()):
        return pledge
    return locked.filter(code=code).first() if code else None


def record_payment(*, fact: PaymentReceived, at: datetime) -> Donation:
    """Keep a payment, fulfil its pledge and queue its thanks."""
    pledge = locked_pledge(fact.pledge_token, fact.pledge_code)
    subscription = subscription_of(fact)
    if subscription is not None and (pledge is None or is_anothers(pledge, subscription)):
        pledge = subscription.pledge
    donation, is_new = Donation.objects.get_or_create(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        defaults=donation_fields(fact=fact, subscription=subscription, at=at),
    )
    if not is_new:
        learn_more(donation=donation, fact=fact, subscription=subscription)
    if subscription is not None and fact.is_first_instalment is None:
        number_instalments(subscription)
        donation.refresh_from_db(fields=["is_first"])
    if pledge is not None and donation.pledge_id is None:
        credit(donation=donation, pledge=pledge, at=at)
        if subscription is not None:
            subscription.refresh_from_db(fields=["pledge"])
            letters.say_goodbye(subscription=subscription, at=at)
    elif fact.is_complete:
        letters.thank(donation=donation, at=at, country=fact.payer_country)
    return donation


def donation_fields(
    *, fact: PaymentReceived, subscription: Subscription | None, at: datetime
) -> dict[str, Any]:
    """The columns of a new donation. Whose it is follows from a pledge, or staff decide."""
    return {
        "payment_ref": fact.payment_ref,
        "amount_minor": fact.money.minor,
        "currency": fact.money.currency,
        "payer_email": fact.payer_email[:254],
        "payer_name": fact.payer_name[:200],
        "note": fact.note,
        "supporter": subscription.supporter if subscription else None,
        "subscription": subscription,
        "is_first": bool(fact.is_first_instalment),
        "is_from_file": fact.told_by == "file",
        "is_left_alone": fact.is_forgotten,
        "received_at": fact.received_at,
        "recorded_at": at,
    }


def learn_more(
    *, donation: Donation, fact: PaymentReceived, subscription: Subscription | None
) -> None:
    """What a second witness adds; nothing that is known is replaced by it."""
    donation.learn_payment_ref(fact.payment_ref)
    donation.learn_payer(email=fact.payer_email[:254], name=fact.payer_name[:200], note=fact.note)
    if subscription is not None and donation.subscription is None:
        donation.mark_of_subscription(subscription=subscription)
    if fact.told_by == "provider":
        donation.mark_notified()


def subscription_of(fact: PaymentReceived) -> Subscription | None:
    """The subscription that an instalment belongs to. Raises NotYetKnown."""
    ref = fact.subscription_ref
    if not ref:
        return None
    named = Q(gateway_ref=ref) | Q(old_ref=ref)
    found = Subscription.objects.filter(named, gateway=fact.gateway).select_related("pledge")
    if subscription := found.first():
        return subscription
    raise NotYetKnown(f"subscription {ref}")


def number_instalments(subscription: Subscription) -> None:
    """The earliest is the first, in whatever order they are told."""
    instalments = subscription.donations.order_by("received_at", "gateway_ref")
    first = instalments.first()
    for donation in instalments.filter(is_first=True):
        donation.mark_first(is_first=donation == first)
    if first is not None:
        first.mark_first(is_first=True)


def credit(*, donation: Donation, pledge: Pledge, at: datetime) -> None:
    """A donation belongs to a pledge: its supporter, its article, and the thanks.

    Only now is the form believed: its name, and what it agreed to. A supporter whom staff have
    named already stays.
    """
    supporter = donation.supporter or supporter_of(pledge=pledge, donation=donation, at=at)
    donation.mark_credited(pledge=pledge, supporter=supporter)
    pledge.mark_fulfilled(at=donation.received_at)
    if pledge.article is not None:
        learn_title(article=pledge.article, title=pledge.article_title)
    if pledge.supporter is not None:
        learn_name(supporter=pledge.supporter, name=pledge.name)
        agree(pledge=pledge, supporter=pledge.supporter, at=at)
    letters.thank(donation=donation, at=at)


def agree(*, pledge: Pledge, supporter: Supporter, at: datetime) -> None:
    """What the form agreed to. Paying proves no address: the mailbox is asked."""
    if wording := pledge.consents.get(Consent.Purpose.TOPICS.value):
        ask(
            supporter=supporter,
            sections=None,
            language=pledge.language,
            wording=wording,
            source=consent_source(pledge),
            said_at=pledge.created_at,
            at=at,
        )


def consent_source(pledge: Pledge) -> str:
    """Where a yes was said that came with money."""
    return f"pledge:{pledge.token}"


def supporter_of(*, pledge: Pledge, donation: Donation, at: datetime) -> Supporter | None:
    """Who gave: the form says, else the provider whose page it led to, else nobody."""
    if is_passed_on(pledge=pledge, donation=donation):
        return None
    if pledge.supporter is None and (address := mailbox(donation.payer_email)):
        payer = meet_supporter(email=address, language=pledge.language, at=at)
        learn_name(supporter=payer, name=pledge.name or donation.payer_name)
        pledge.mark_supporter(supporter=payer)
    subscription = donation.subscription
    if subscription is not None and subscription.supporter is None and pledge.supporter:
        subscription.mark_supported(supporter=pledge.supporter)
    return pledge.supporter


def is_passed_on(*, pledge: Pledge, donation: Donation) -> bool:
    """Whether somebody else pays what its reader has paid: the link was shown to others.

    The article has earned it all the same, but it is not that reader's, nor for them to know.
    """
    payer = mailbox(donation.payer_email)
    if not payer or donation.subscription is not None:
        return False
    others = pledge.donations.exclude(pk=donation.pk).values_list("payer_email", flat=True)
    known = {mailbox(each) for each in others} - {""}
    reader = pledge.supporter.email if pledge.supporter else ""
    return bool(known) and payer not in known | {reader}


def is_anothers(pledge: Pledge, subscription: Subscription) -> bool:
    """The same of an agreement: the provider knows its payer as somebody else."""
    payer = subscription.customer_ref
    if not payer or subscription.pledge_id is not None:
        return False
    others = pledge.subscriptions.exclude(pk=subscription.pk).exclude(customer_ref="")
    known = set(others.values_list("customer_ref", flat=True))
    return bool(known) and payer not in known


def link_pledge(*, fact: PledgeLinked, at: datetime) -> None:
    """The reader came through the provider's page: the subscription there is of this pledge."""
    pledge = locked_pledge(fact.pledge_token)
    if pledge is None or not fact.subscription_ref:
        return
    found = Subscription.objects.select_for_update().filter(
        gateway=fact.gateway, gateway_ref=fact.subscription_ref
    )
    subscription = found.first()
    if subscription is None:
        raise NotYetKnown(f"subscription {fact.subscription_ref}")
    subscription.mark_of_pledge(pledge=pledge)
    for donation in Donation.objects.filter(subscription=subscription, pledge=None):
        credit(donation=donation, pledge=pledge, at=at)
    letters.say_goodbye(subscription=subscription, at=at)


def end_checkout(*, fact: CheckoutEnded) -> None:
    """The page closed without money. A pledge that went on to another page stays open."""
    pledge = locked_pledge(fact.pledge_token)
    if pledge is not None and pledge.checkout_ref in ("", fact.checkout_ref):
        pledge.mark_expired()
