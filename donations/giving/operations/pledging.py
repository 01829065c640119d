"""From the form to the provider's page."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from donations.articles.operations import see_article
from donations.gateways.base import (
    AmountTooSmall,
    CheckoutRequest,
    GatewayRefused,
    GatewayUnavailable,
)
from donations.gateways.registry import gateway_named
from donations.giving.models import Method, Pledge
from donations.giving.queries import METHOD_GATEWAYS
from donations.giving.wish import Wish
from donations.links import page
from donations.outlet import queries as outlets
from donations.supporters.operations import meet_supporter

# Stripe keeps a page open for 24 hours unless told otherwise; an hour less is never too late.
PLEDGE_LIFETIME = timedelta(hours=23)
DOUBLE_CLICK = timedelta(minutes=1)


class CheckoutUnavailable(Exception):
    """The provider's page could not be opened. The pledge stays open; nothing was charged."""


def begin(*, wish: Wish, at: datetime) -> str:
    """Keep the pledge and answer where the reader pays it. The same wish twice is one pledge.

    Raises CheckoutUnavailable, AmountTooSmall.
    """
    pledge = open_pledge(wish=wish, at=at)
    if pledge.checkout_url and is_still_open(pledge=pledge, at=at):
        return where_to_pay(pledge)
    if pledge.checkout_url:
        pledge.mark_expired()
        pledge = open_pledge(wish=wish, at=at)
    start_checkout(pledge=pledge)
    return where_to_pay(pledge)


def where_to_pay(pledge: Pledge) -> str:
    """The provider's page; before it our own, where the link cannot say whose payment it is."""
    if pledge.method == Method.CARD or pledge.token in pledge.checkout_url:
        return pledge.checkout_url
    return page("paypal_note", language=pledge.language, code=pledge.code)


def is_still_open(*, pledge: Pledge, at: datetime) -> bool:
    """Whether its page can be paid: somebody who gives the same again may have paid it already.

    A double click asks nobody. A provider that cannot be asked counts as open, and so does a link.
    """
    if at - pledge.created_at < DOUBLE_CLICK or pledge.checkout_expires_at is None:
        return True
    try:
        status = gateway_named(METHOD_GATEWAYS[pledge.method]).checkout_status(pledge.checkout_ref)
    except (GatewayUnavailable, GatewayRefused):
        return True
    return status == "unpaid"


@transaction.atomic
def open_pledge(*, wish: Wish, at: datetime) -> Pledge:
    """The open pledge of this wish, made when there is none or when its page has closed."""
    fingerprint = wish.fingerprint()
    stale = Pledge.objects.filter(
        fingerprint=fingerprint, status=Pledge.Status.OPEN, created_at__lte=at - PLEDGE_LIFETIME
    )
    for pledge in stale.select_for_update():
        pledge.mark_expired()
    return Pledge.objects.get_or_create(
        fingerprint=fingerprint,
        status=Pledge.Status.OPEN,
        defaults=pledge_fields(wish=wish, at=at),
    )[0]


def pledge_fields(*, wish: Wish, at: datetime) -> dict[str, object]:
    """The row of a new pledge, with the supporter and the article that it belongs to."""
    supporter = None
    if wish.email:
        supporter = meet_supporter(email=wish.email, language=wish.language, at=at)
    return {
        "amount_minor": wish.money.minor,
        "currency": wish.money.currency,
        "interval": wish.interval,
        "method": wish.method,
        "supporter": supporter,
        "name": wish.name,
        "message": wish.message,
        "public": wish.public,
        "language": wish.language,
        "article": see_article(url=wish.article_url, at=at),
        "article_title": wish.article_title,
        "utm_source": wish.utm_source,
        "utm_medium": wish.utm_medium,
        "utm_campaign": wish.utm_campaign,
        "consents": wish.consents,
        "created_at": at,
    }


def start_checkout(*, pledge: Pledge) -> None:
    """Open the provider's page for a pledge; no transaction is open while the provider is asked.

    Raises CheckoutUnavailable, AmountTooSmall.
    """
    try:
        gateway = gateway_named(METHOD_GATEWAYS[pledge.method])
        started = gateway.start_checkout(checkout_request(pledge))
    except AmountTooSmall:
        pledge.mark_expired()
        raise
    except GatewayUnavailable as error:
        if error.answered:
            pledge.mark_attempt_spent()
        raise CheckoutUnavailable(str(error)) from error
    except GatewayRefused as error:
        pledge.mark_attempt_spent()
        raise CheckoutUnavailable(str(error)) from error
    pledge.mark_checkout_started(ref=started.ref, url=started.url, expires_at=started.expires_at)


def checkout_request(pledge: Pledge) -> CheckoutRequest:
    """What the provider has to know. A retry of the same attempt finds the same page."""
    with translation.override(pledge.language):
        title = _("Support for %(outlet)s") % {"outlet": outlets.current().name}
    return CheckoutRequest(
        money=pledge.money,
        interval=pledge.interval,
        email=pledge.supporter.email if pledge.supporter else "",
        language=pledge.language,
        title=title,
        pledge_token=pledge.token,
        reference_code=pledge.code,
        idempotency_key=f"checkout:{pledge.token}:{pledge.attempt}",
        # Stripe fills in the braces, so they must not be quoted.
        return_url=page("thanks", language=pledge.language) + "?session_id={CHECKOUT_SESSION_ID}",
        cancel_url=page(
            "give",
            language=pledge.language,
            canceled="1",
            amount=str(pledge.money.decimal),
            currency=pledge.currency,
            interval=pledge.interval,
            article=pledge.article.url if pledge.article else "",
            title=pledge.article_title,
        ),
    )


def expire_pledges(*, at: datetime) -> int:
    """Close what nobody paid in time; a late payment still fulfils it. Returns how many."""
    stale = Pledge.objects.open().filter(created_at__lte=at - PLEDGE_LIFETIME * 2)
    return stale.update(status=Pledge.Status.EXPIRED)
