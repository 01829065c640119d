"""Payments, and the pledges that they fulfil."""

from datetime import datetime

from donations.gateways.events import CheckoutEnded, PaymentReceived, PledgeLinked
from donations.giving.models import Donation, Pledge, Subscription
from donations.giving.operations import letters
from donations.outlet.queries import default_language
from donations.supporters.models import Supporter
from donations.supporters.operations import learn_name, meet_supporter, record_consent


class NotYetKnown(Exception):
    """The fact is about something that the provider has not told us yet."""


def locked_pledge(token: str) -> Pledge | None:
    """The pledge of a token, locked: whatever touches one of its payments comes here first."""
    if not token:
        return None
    return Pledge.objects.select_for_update().filter(token=token).first()


def record_payment(*, fact: PaymentReceived, at: datetime) -> Donation:
    """Keep a payment, fulfil its pledge and queue its thanks."""
    pledge = locked_pledge(fact.pledge_token)
    subscription = subscription_of(fact)
    if pledge is None and subscription is not None:
        pledge = subscription.pledge
    donation, is_new = Donation.objects.get_or_create(
        gateway=fact.gateway,
        gateway_ref=fact.ref,
        defaults={
            "payment_ref": fact.payment_ref,
            "amount_minor": fact.money.minor,
            "currency": fact.money.currency,
            "supporter": payer(fact=fact, pledge=pledge, at=at),
            "subscription": subscription,
            "is_first": fact.is_first_instalment,
            "received_at": fact.received_at,
            "recorded_at": at,
        },
    )
    if not is_new:
        donation.learn_payment_ref(fact.payment_ref)
    if pledge is not None and donation.pledge_id is None:
        credit(donation=donation, pledge=pledge, at=at)
    return donation


def subscription_of(fact: PaymentReceived) -> Subscription | None:
    """The subscription that an instalment belongs to. Raises NotYetKnown."""
    if not fact.subscription_ref:
        return None
    found = Subscription.objects.filter(
        gateway=fact.gateway, gateway_ref=fact.subscription_ref
    ).select_related("pledge")
    if subscription := found.first():
        return subscription
    raise NotYetKnown(f"subscription {fact.subscription_ref}")


def payer(*, fact: PaymentReceived, pledge: Pledge | None, at: datetime) -> Supporter | None:
    """Who gave: the pledge knows, else the address that the provider has, else nobody."""
    if pledge is not None or not fact.payer_email:
        return None
    supporter = meet_supporter(email=fact.payer_email, language=default_language(), at=at)
    learn_name(supporter=supporter, name=fact.payer_name)
    return supporter


def credit(*, donation: Donation, pledge: Pledge, at: datetime) -> None:
    """A donation belongs to a pledge: its supporter, its article, and the thanks.

    Only now is the form believed: its name, and what it agreed to.
    """
    donation.mark_credited(pledge=pledge)
    pledge.mark_fulfilled(at=donation.received_at)
    if pledge.supporter is not None:
        learn_name(supporter=pledge.supporter, name=pledge.name)
        for purpose, wording in pledge.consents.items():
            record_consent(
                supporter=pledge.supporter,
                purpose=purpose,
                granted=True,
                wording=wording,
                source=f"pledge:{pledge.token}",
                at=pledge.created_at,
            )
    letters.thank(donation=donation, pledge=pledge, at=at)


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
