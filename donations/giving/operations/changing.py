"""Changing an agreement: asked of the provider first, and what it answers is kept at once.

Nothing here knows who wants it: a supporter on their own page, or a colleague for them. `token`
is of the form that was sent, so that the provider does once what is sent twice.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import datetime

from donations.gateways.base import (
    AmountTooSmall,
    Gateway,
    GatewayRefused,
    GatewayUnavailable,
    NewCard,
    NotOverAnApi,
)
from donations.gateways.events import SubscriptionObserved
from donations.gateways.registry import gateway_named
from donations.giving.models import Interval, Subscription
from donations.giving.operations.recording import record
from donations.money import Money

MOST_MONTHS = 12
Status = Subscription.Status


class ChangeUnavailable(Exception):
    """The provider did not answer: it may have been done or not, and may be asked again."""


class ChangeRefused(Exception):
    """The provider said no; nothing has changed."""


class AlreadyEnded(Exception):
    """The agreement is over, maybe since a moment ago at the provider. Our state says so too."""


class NotNow(Exception):
    """It makes no sense as the agreement stands."""


def cancel(*, subscription: Subscription, at_once: bool, token: str, at: datetime) -> None:
    """Take no further payment: now, or once the period ends that is paid for.

    What is owed is not collected any more. At once, it is no matter who ended it a moment ago.
    Raises ChangeUnavailable, ChangeRefused, AlreadyEnded.
    """
    at_once = at_once or subscription.status == Status.PAST_DUE
    ref = subscription.gateway_ref

    def ask(gateway: Gateway, key: str) -> SubscriptionObserved:
        try:
            gateway.cancel_subscription(ref=ref, at_once=at_once, idempotency_key=key)
        except GatewayRefused:
            state = gateway.read_subscription(ref=ref, at=at)
            if state.status != "canceled" or not at_once:
                raise
            return state
        return gateway.read_subscription(ref=ref, at=at)

    _change(subscription, "cancel", token, ask, at=at)


def change_terms(
    *, subscription: Subscription, money: Money, interval: str, token: str, at: datetime
) -> None:
    """Another amount or rhythm from the next payment on, in the same currency.

    Raises ChangeUnavailable, ChangeRefused, AlreadyEnded, AmountTooSmall; NotNow for another
    rhythm while a payment is owed or nothing is taken.
    """
    _check_living(subscription)
    if money.currency != subscription.currency or interval not in (Interval.MONTH, Interval.YEAR):
        raise NotNow
    if interval != subscription.interval and subscription.status != Status.ACTIVE:
        raise NotNow

    def ask(gateway: Gateway, key: str) -> SubscriptionObserved:
        return gateway.change_terms(
            ref=subscription.gateway_ref,
            money=money,
            interval=interval,
            at=at,
            idempotency_key=key,
        )

    _change(subscription, "terms", token, ask, at=at)


def pause(*, subscription: Subscription, months: int, token: str, at: datetime) -> None:
    """Take nothing for so many months; then it goes on by itself. Paused again, from now.

    Raises ChangeUnavailable, ChangeRefused, AlreadyEnded; NotNow when it is ending or owed.
    """
    _check_living(subscription)
    if not 1 <= months <= MOST_MONTHS or subscription.cancel_at is not None:
        raise NotNow
    if subscription.status not in (Status.ACTIVE, Status.PAUSED):
        raise NotNow
    until = months_later(at, months)

    def ask(gateway: Gateway, key: str) -> SubscriptionObserved:
        return gateway.pause_subscription(
            ref=subscription.gateway_ref, until=until, at=at, idempotency_key=key
        )

    _change(subscription, "pause", f"{token}:{until:%Y%m%d%H%M%S}", ask, at=at)


def resume(*, subscription: Subscription, token: str, at: datetime) -> None:
    """Go on with the next payment; one that is not paused stays as it is.

    Raises ChangeUnavailable, ChangeRefused, AlreadyEnded.
    """

    def ask(gateway: Gateway, key: str) -> SubscriptionObserved:
        return gateway.resume_subscription(ref=subscription.gateway_ref, at=at, idempotency_key=key)

    _change(subscription, "resume", token, ask, at=at)


def keep(*, subscription: Subscription, token: str, at: datetime) -> None:
    """Let one that was to end with its period go on after all; any other stays as it is.

    Raises ChangeUnavailable, ChangeRefused, AlreadyEnded.
    """

    def ask(gateway: Gateway, key: str) -> SubscriptionObserved:
        return gateway.keep_subscription(ref=subscription.gateway_ref, at=at, idempotency_key=key)

    _change(subscription, "keep", token, ask, at=at)
    if subscription.cancel_at is None:
        subscription.mark_kept()


def new_card_page(*, subscription: Subscription, language: str, back: str, token: str) -> str:
    """The provider's own page for another card. Coming back from it proves nothing.

    Raises ChangeUnavailable, ChangeRefused, AlreadyEnded, NotOverAnApi.
    """
    _check_living(subscription)
    wanted = NewCard(
        customer_ref=subscription.customer_ref,
        language=language,
        return_url=back,
        idempotency_key=f"card:{subscription.token}:{token}",
    )
    try:
        return gateway_named(subscription.gateway).new_card_url(wanted)
    except NotOverAnApi:
        raise
    except GatewayUnavailable as error:
        raise ChangeUnavailable(str(error)) from error
    except GatewayRefused as error:
        raise ChangeRefused(str(error)) from error


def months_later(at: datetime, months: int) -> datetime:
    """The same day of a later month, or the last that it has."""
    years, month = divmod(at.month - 1 + months, 12)
    year, month = at.year + years, month + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def _change(
    subscription: Subscription,
    verb: str,
    token: str,
    ask: Callable[[Gateway, str], SubscriptionObserved],
    *,
    at: datetime,
) -> None:
    """Ask, and keep how it stands then; when it is refused, how it stands may be why."""
    _check_living(subscription)
    gateway = gateway_named(subscription.gateway)
    try:
        _keep(subscription, ask(gateway, f"{verb}:{subscription.token}:{token}"), at=at)
    except (AmountTooSmall, NotOverAnApi):
        raise
    except GatewayUnavailable as error:
        raise ChangeUnavailable(str(error)) from error
    except GatewayRefused as error:
        if _has_ended(subscription, gateway, at=at):
            raise AlreadyEnded from error
        raise ChangeRefused(str(error)) from error


def _check_living(subscription: Subscription) -> None:
    if subscription.status == Status.CANCELED:
        raise AlreadyEnded


def _has_ended(subscription: Subscription, gateway: Gateway, *, at: datetime) -> bool:
    """Read again from the provider, and kept."""
    try:
        _keep(subscription, gateway.read_subscription(ref=subscription.gateway_ref, at=at), at=at)
    except (GatewayUnavailable, GatewayRefused):
        return False
    return subscription.status == Status.CANCELED


def _keep(subscription: Subscription, fact: SubscriptionObserved, *, at: datetime) -> None:
    """The answer is the newest reading; its own notification follows and changes nothing."""
    record(fact=fact, at=at)
    subscription.refresh_from_db()
