"""Subscriptions that their provider has given another name (PayPal: S-… became I-…)."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from donations.gateways.events import SubscriptionObserved
from donations.giving.models import Subscription
from donations.giving.operations.fulfilling import number_instalments
from donations.giving.operations.reading import move

STATE = ("status", "ended_at", "end_reason", "observed_at")
TERMS = ("amount_minor", "currency", "interval", "terms_at")


def by_any_name(*, gateway: str, refs: set[str]) -> list[Subscription]:
    """The rows of these names, locked, oldest first."""
    named = Q(gateway_ref__in=refs) | Q(old_ref__in=refs)
    found = Subscription.objects.select_for_update().filter(named, gateway=gateway)
    return list(found.order_by("pk"))


def known_subscription(fact: SubscriptionObserved) -> Subscription | None:
    """The row of a subscription under its name or the one it had before; two rows become one."""
    rows = by_any_name(gateway=fact.gateway, refs={fact.ref, fact.old_ref} - {""})
    if not rows:
        return None
    kept, *others = rows
    for other in others:
        merge(other, into=kept)
    if fact.old_ref and (kept.gateway_ref, kept.old_ref) != (fact.ref, fact.old_ref):
        kept.mark_renamed(ref=fact.ref, old_ref=fact.old_ref)
    return kept


def merge(other: Subscription, *, into: Subscription) -> None:
    """All that hangs on a row that turned out to be the same agreement; the newest state stands."""
    other.donations.update(subscription=into)
    if into.pledge is None and other.pledge is not None:
        into.mark_of_pledge(pledge=other.pledge)
    if into.supporter is None and other.supporter is not None:
        into.mark_supported(supporter=other.supporter)
    changes: dict[str, Any] = {
        "created_at": min(into.created_at, other.created_at),
        "period_start": latest(into.period_start, other.period_start),
        "period_end": latest(into.period_end, other.period_end),
        "customer_ref": into.customer_ref or other.customer_ref,
    }
    if is_newer(other, into):
        changes |= {name: getattr(other, name) for name in STATE}
    if has_newer_terms(other, into):
        changes |= {name: getattr(other, name) for name in TERMS}
    move(source=other, target=into)
    other.delete()
    into.mark_observed(**changes)
    number_instalments(into)


def latest(one: datetime | None, other: datetime | None) -> datetime | None:
    """The later moment of those that are known."""
    return max((each for each in (one, other) if each), default=None)


def has_newer_terms(other: Subscription, known: Subscription) -> bool:
    """Which terms stand: those that were told last, else what was paid last."""
    if other.terms_at is None and known.terms_at is None:
        return latest(other.period_start, known.period_start) != known.period_start
    return latest(other.terms_at, known.terms_at) != known.terms_at


def is_newer(other: Subscription, known: Subscription) -> bool:
    """Which state stands: that of the first end, else what was read last."""
    if other.ended_at and known.ended_at:
        return other.ended_at < known.ended_at
    if other.ended_at or known.ended_at:
        return other.ended_at is not None
    return other.observed_at > known.observed_at
