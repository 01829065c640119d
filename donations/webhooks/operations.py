"""Store before understanding; understand as often as it takes."""

import logging
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import F

from donations.gateways.base import (
    Disowned,
    GatewayRefused,
    GatewayUnavailable,
    Notification,
    NotOurs,
)
from donations.gateways.events import Fact, facts_to_json
from donations.gateways.registry import UnknownGateway, gateway_named, in_use
from donations.giving import operations as giving
from donations.giving.operations.forgetting import forget
from donations.recounts.operations import recounting
from donations.supporters.forgetting import people_of
from donations.webhooks.models import InboundEvent

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
# With these waits the last try comes about four days after the first.
MOST_ATTEMPTS = 100


def store(*, gateway: str, headers: Mapping[str, str], body: bytes, at: datetime) -> bool:
    """Keep a notification whose signature holds; True when there is something to process.

    Raises InvalidSignature, UnknownGateway, both before the database is touched.
    """
    if gateway not in in_use():
        raise UnknownGateway(gateway)
    notification = gateway_named(gateway).verify(headers=headers, body=body)
    if keep(gateway=gateway, notification=notification, body=body, at=at):
        return not notification.set_aside
    return not notification.is_confirmed and InboundEvent.objects.reconsider(
        gateway=gateway, event_id=notification.event_id, at=at
    )


def keep(
    *,
    gateway: str,
    notification: Notification,
    body: bytes,
    at: datetime,
    was_sent: bool = True,
) -> bool:
    """Store a notification; False when the same event was kept before."""
    set_aside = notification.set_aside
    is_new = InboundEvent.objects.insert_once(
        gateway=gateway,
        event_id=notification.event_id,
        kind=notification.kind,
        body=body,
        state=InboundEvent.State.PARKED if set_aside else InboundEvent.State.PENDING,
        error=set_aside,
        at=at,
        is_confirmed=notification.is_confirmed,
        was_sent=was_sent,
    )
    if is_new and set_aside:
        logger.error("event %s:%s set aside: %s", gateway, notification.event_id, set_aside)
    return is_new


def hear(*, gateway: str, told: Iterable[tuple[Notification, bytes]], at: datetime) -> None:
    """Keep what a gateway was asked for or what was entered by hand, and record it at once.

    What was kept before is known. What cannot be understood yet waits like anything else.
    """
    for notification, body in told:
        keep(gateway=gateway, notification=notification, body=body, at=at)
        named = InboundEvent.objects.due(at=at).filter(gateway=gateway)
        for event in named.filter(event_id=notification.event_id).only("pk"):
            process(event_id=event.pk, at=at)


def process(*, event_id: int, at: datetime) -> bool:
    """Understand one event and record its facts. True when it is done.

    The provider is asked with no transaction open; the facts and the event's mark are committed
    together. Whatever goes wrong is kept beside the event, which waits and is tried again.
    """
    event = InboundEvent.objects.claim(event_id=event_id, at=at, lease=LEASE)
    if event is None:
        return False
    try:
        understand(event=event, at=at)
    except (Disowned, NotOurs) as error:
        disown(event=event, error=error)
        return False
    except giving.NotYetKnown as error:
        postpone(event=event, reason=f"NotYetKnown: {error}", at=at, is_foreign=True)
        return False
    except (GatewayUnavailable, GatewayRefused) as error:
        postpone(event=event, reason=f"{type(error).__name__}: {error}", at=at)
        return False
    except Exception:
        logger.exception("event %s could not be understood", event)
        postpone(event=event, reason=traceback.format_exc(), at=at)
        return False
    return True


def understand(*, event: InboundEvent, at: datetime) -> None:
    """Make sure of it, once; then record what it says. Raises what gateways raise, NotYetKnown."""
    gateway = gateway_named(event.gateway)
    if event.confirmed_at is None:
        gateway.confirm(body=bytes(event.body))
        event.mark_confirmed(at=at)
    facts = gateway.parse(
        kind=event.kind, body=bytes(event.body), at=at, received_at=event.received_at
    )
    with recounting():
        forget_people(event=event, facts=facts)
        for fact in facts:
            giving.record(fact=fact, at=at)
        event.mark_done(facts=facts_to_json(facts), at=at)


def forget_people(*, event: InboundEvent, facts: list[Fact]) -> None:
    """Of somebody who was erased nothing is learnt, and nothing is kept in the notification."""
    gateway, body = gateway_named(event.gateway), bytes(event.body)
    named = gateway.people_in(kind=event.kind, body=body)
    customers = [(event.gateway, ref) for ref in named.customers]
    if forget([facts], [people_of(named.addresses, customers)])[0]:
        event.mark_impersonal(body=gateway.without_people(kind=event.kind, body=body))


def disown(*, event: InboundEvent, error: Disowned | NotOurs) -> None:
    """Not from the provider, or not about us: kept for staff, and nothing follows from it."""
    logger.warning("event %s: %s", event, error)
    forget_people(event=event, facts=[])
    if isinstance(error, Disowned):
        event.mark_rejected(error=str(error))
    else:
        event.mark_parked(error=str(error))


def postpone(*, event: InboundEvent, reason: str, at: datetime, is_foreign: bool = False) -> None:
    """Try again later, each time a little later; after many tries staff have to look.

    What is about a payment that never came to be known is somebody else's in the same account.
    """
    if event.attempts >= MOST_ATTEMPTS and is_foreign:
        event.mark_parked(error=reason)
        return
    if event.attempts >= MOST_ATTEMPTS:
        logger.error("event %s is stuck after %s attempts", event, event.attempts)
        event.mark_stuck(error=reason)
        return
    wait = min(FIRST_WAIT * 2 ** min(event.attempts - 1, 12), LONGEST_WAIT)
    event.mark_waiting(error=reason, until=at + wait)


def process_due(*, at: datetime, limit: int = 500, seconds: float = 30.0) -> int:
    """Process what waits, oldest first, for so long. Returns how many are done.

    What is left stays due: a provider that answers slowly must not hold a task for ever. What is
    certain goes first: anybody can send thousands of what has to be asked about.
    """
    is_certain_first = F("confirmed_at").asc(nulls_last=True)
    due = InboundEvent.objects.due(at=at).order_by(is_certain_first, "received_at", "pk")
    deadline, done = time.monotonic() + seconds, 0
    for event_id in list(due.values_list("pk", flat=True)[:limit]):
        if time.monotonic() > deadline:
            break
        done += process(event_id=event_id, at=at)
    return done


def replay_all(*, event_ids: Sequence[int], at: datetime) -> list[int]:
    """Replay events, and again those that had to wait for one of the others. Returns the rest."""
    left = list(event_ids)
    while left:
        failed = [event_id for event_id in left if not replay(event_id=event_id, at=at)]
        if len(failed) == len(left):
            return failed
        left = failed
    return []


def replay(*, event_id: int, at: datetime) -> bool:
    """Process a stored event again, whatever its state; a second time changes nothing."""
    wake(event_id=event_id, at=at)
    return process(event_id=event_id, at=at)


def wake(*, event_id: int, at: datetime) -> bool:
    """Have a stored event processed again by the workers; False for what is never to be read."""
    unread = InboundEvent.objects.not_for_us().values("pk")
    woken = InboundEvent.objects.filter(pk=event_id).exclude(pk__in=unread)
    return bool(woken.update(state=InboundEvent.State.PENDING, next_attempt_at=at, attempts=0))
