"""Agreements that a colleague changes for a supporter: done once, and written down."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction

from donations.care.errands import AlreadyDone, once
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.history.operations import keep_change
from donations.money import Money
from donations.supporters.models import User


def cancel(
    *, subscription: Subscription, at_once: bool, by: User, token: str, why: str, at: datetime
) -> None:
    """End it, now or with the period that is paid for. Raises what `giving.cancel` raises."""
    before = terms_of(subscription)
    giving.cancel(subscription=subscription, at_once=at_once, token=token, at=at)
    _keep("subscription.canceled", subscription, before, by=by, token=token, why=why, at=at)


def change(
    *,
    subscription: Subscription,
    money: Money,
    interval: str,
    by: User,
    token: str,
    why: str,
    at: datetime,
) -> None:
    """Another amount or rhythm. Raises what `giving.change_terms` raises."""
    before = terms_of(subscription)
    giving.change_terms(
        subscription=subscription, money=money, interval=interval, token=token, at=at
    )
    _keep("subscription.changed", subscription, before, by=by, token=token, why=why, at=at)


def pause(
    *, subscription: Subscription, months: int, by: User, token: str, why: str, at: datetime
) -> None:
    """Take nothing for so many months. Raises what `giving.pause` raises."""
    before = terms_of(subscription)
    giving.pause(subscription=subscription, months=months, token=token, at=at)
    _keep("subscription.paused", subscription, before, by=by, token=token, why=why, at=at)


def resume(*, subscription: Subscription, by: User, token: str, why: str, at: datetime) -> None:
    """Go on. Raises what `giving.resume` raises."""
    before = terms_of(subscription)
    giving.resume(subscription=subscription, token=token, at=at)
    _keep("subscription.resumed", subscription, before, by=by, token=token, why=why, at=at)


def terms_of(subscription: Subscription) -> dict[str, Any]:
    """What a change may change, as JSON keeps it."""
    moments = {name: getattr(subscription, name) for name in ("cancel_at", "resumes_at")}
    return {
        "status": str(subscription.status),
        "amount_minor": subscription.amount_minor,
        "currency": subscription.currency,
        "interval": str(subscription.interval),
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }


def _keep(
    what: str,
    subscription: Subscription,
    before: Mapping[str, Any],
    *,
    by: User,
    token: str,
    why: str,
    at: datetime,
) -> None:
    """In the history, once for a form: the provider has answered by now, and our rows say so."""
    after = terms_of(subscription)
    with suppress(AlreadyDone), transaction.atomic():
        once(token=token, at=at)
        if after == dict(before):
            return
        keep_change(
            what=what,
            by=by,
            about=subscription,
            supporter=subscription.supporter,
            before=with_currency(before, after),
            after=with_currency(after, before),
            why=why,
            at=at,
        )


def with_currency(terms: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """An amount that differs keeps its currency beside it, which does not."""
    is_another = terms["amount_minor"] != other["amount_minor"]
    named = {"amount": f"{terms['amount_minor']} {terms['currency']}"} if is_another else {}
    return {**terms, **named}
