"""Letters before something happens: a yearly payment is near, a card will not pay the next one."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from donations.gateways.base import GatewayRefused, GatewayUnavailable
from donations.gateways.registry import gateway_named, in_use
from donations.giving.models import Interval, Subscription
from donations.giving.operations.letters import manage_url, moment, tell_of
from donations.outbox.models import Message
from donations.outlet import queries as outlets

logger = logging.getLogger(__name__)

# A new card is at hand in this time, and an expiry is no news yet much earlier.
CARD_NOTICE = timedelta(days=14)
# Asked one after the other; what is left over is asked on the next day, which is early enough.
MOST_CARDS = 5000


def write_notices(*, at: datetime) -> int:
    """Queue every letter that is due. A second time queues none. Returns how many were."""
    return announce_renewals(at=at) + warn_about_cards(at=at)


def coming(*, at: datetime, within: timedelta) -> "QuerySet[Subscription]":
    """Agreements of somebody known whose next payment is taken so soon."""
    going_on = Subscription.objects.filter(status=Subscription.Status.ACTIVE, cancel_at=None)
    due = going_on.filter(period_end__gt=at, period_end__lte=at + within)
    return due.exclude(supporter=None).select_related("supporter", "pledge").order_by("pk")


def announce_renewals(*, at: datetime) -> int:
    """A yearly payment comes as a surprise to whoever has forgotten it: once for each year."""
    within = timedelta(days=outlets.current().renewal_notice_days)
    told = 0
    for each in coming(at=at, within=within).filter(interval=Interval.YEAR).iterator():
        told += write(each, kind=Message.Kind.RENEWAL_NOTICE, what="renewal", about={}, at=at)
    return told


def warn_about_cards(*, at: datetime) -> int:
    """A card that will have expired when it is needed. The provider is asked once a period."""
    due = coming(at=at, within=CARD_NOTICE).filter(gateway__in=in_use())
    unread = due.exclude(card_read_at__gte=F("period_end") - CARD_NOTICE)
    return sum(warn_about_card(each, at=at) for each in unread[:MOST_CARDS])


def warn_about_card(subscription: Subscription, *, at: datetime) -> int:
    """No transaction is open while the provider is asked; one that is away is asked tomorrow."""
    try:
        card = gateway_named(subscription.gateway).card_of(ref=subscription.gateway_ref)
    except GatewayUnavailable:
        logger.warning("the card of subscription %s could not be read", subscription.pk)
        return 0
    except GatewayRefused:
        card = None
    due = subscription.period_end
    told = 0
    with transaction.atomic():
        if card is not None and due is not None and card.good_until < day_of(due):
            about = {"last4": card.last4, "good_until": card.good_until.isoformat()}
            told = write(
                subscription, kind=Message.Kind.CARD_EXPIRES, what="card", about=about, at=at
            )
        subscription.mark_card_read(at=at)
    return told


def write(
    subscription: Subscription,
    *,
    kind: Message.Kind,
    what: str,
    about: dict[str, str],
    at: datetime,
) -> int:
    """In their language, once for the payment that it is about. Returns whether it was new."""
    supporter, due = subscription.supporter, subscription.period_end
    if supporter is None or due is None:
        return 0
    key = f"{what}_notice:{subscription}:{due:%Y-%m-%d}"
    if Message.objects.filter(key=key).exists():
        return 0
    tell_of(
        subscription=subscription,
        supporter=supporter,
        key=key,
        kind=kind,
        at=at,
        next_at=moment(due),
        manage_url=manage_url(subscription, supporter.language),
        **about,
    )
    return 1


def day_of(at: datetime) -> date:
    """In the newsroom's time."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
