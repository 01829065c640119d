"""Comparing some days with every provider, and keeping what that came to."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Sum

from donations.gateways.base import Balance, GatewayRefused, GatewayUnavailable
from donations.gateways.registry import gateway_named, in_use
from donations.giving.models import Donation
from donations.giving.operations.bookkeeping import BALANCES
from donations.ledger.queries import balance
from donations.reconciliation.comparing import witnesses
from donations.reconciliation.comparing.days import (
    AFTER,
    BEFORE,
    CHUNK,
    Days,
    chunks,
    day_of,
    start_of,
)
from donations.reconciliation.comparing.tally import Key
from donations.reconciliation.models import BalanceComparison, Comparison, DayComparison, NotOurs
from donations.reconciliation.models.comparing import LEASE
from donations.reconciliation.operations import reconcile
from donations.supporters.models import User

logger = logging.getLogger(__name__)

# In one go: a provider lists a hundred moves at a time.
MOST_DAYS = 92
# What is not settled after that long is no news.
UNSETTLED_DAYS = timedelta(days=30)


@transaction.atomic
def ask(
    *, first: date, last: date, fetches: bool = False, by: User | None = None, at: datetime
) -> Comparison:
    """Have these days compared. While the same is asked for already, nothing is added."""
    last = max(first, min(last, day_of(at)))
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    same = Comparison.objects.filter(
        first_day=first, last_day=last, fetches=fetches, begun_at=None, ended_at=None
    )
    return same.first() or Comparison.objects.create(
        first_day=first, last_day=last, fetches=fetches, asked_by=by, asked_at=at
    )


def is_anything_due(*, at: datetime) -> bool:
    """Whether there is something for `run_due` to do."""
    return Comparison.objects.due(at=at).exists()


def run_due(*, at: datetime) -> int:
    """Do what was asked for, one at a time. Returns how many."""
    running = Comparison.objects.filter(ended_at=None, begun_at__gt=at - LEASE)
    if running.exists():
        return 0
    done = 0
    for asked in Comparison.objects.due(at=at).order_by("asked_at", "pk"):
        if Comparison.claim(pk=asked.pk, at=at):
            run(asked=asked, at=at)
            done += 1
    return done


def run(*, asked: Comparison, at: datetime) -> None:
    """One of them. A provider that cannot be asked is noted, and the others are compared."""
    errors = []
    if asked.fetches:
        errors += fetch(asked=asked, at=at)
    for gateway in in_use():
        try:
            compare(gateway=gateway, first=asked.first_day, last=asked.last_day, at=at)
        except (GatewayUnavailable, GatewayRefused) as error:
            errors.append(f"{gateway}: {error}")
        except Exception:
            logger.exception("%s could not be compared with %s", asked, gateway)
            errors.append(f"{gateway}: failed")
    asked.mark_ended(error="\n".join(errors), at=at)


def fetch(*, asked: Comparison, at: datetime) -> list[str]:
    """Record what never arrived since the first of these days; what went wrong, in words."""
    try:
        found = reconcile(since=start_of(asked.first_day), at=at)
    except (GatewayUnavailable, GatewayRefused) as error:
        return [f"fetching: {error}"]
    asked.mark_fetched(listed=found.listed, recorded=found.donations)
    return []


def compare(*, gateway: str, first: date, last: date, at: datetime) -> None:
    """Match these days, and keep what came of it. Raises GatewayUnavailable.

    The provider is asked with no transaction open; a difference that mended itself disappears.
    """
    start, end = start_of(first), start_of(last + timedelta(days=1))
    since, until = start - BEFORE, min(end + AFTER, max(at, end))
    days = Days(gateway, first, last)
    for chunk in chunks(witnesses.moves(gateway, since=since, until=until)):
        days.take(chunk)
    days.look_for_others(witnesses.spans(gateway, since=start, until=end))
    balances = gateway_named(gateway).balances()
    keep(days, at=at)
    for each in balances:
        keep_balance(gateway, each, at=at)


@transaction.atomic
def keep(days: Days, *, at: datetime) -> None:
    """A row for each day on which something moved; one without anything is no row.

    What is not ours is asked with the rows locked, so that nothing said meanwhile is lost.
    """
    rows = DayComparison.objects.select_for_update().filter(
        gateway=days.gateway, day__gte=days.first, day__lte=days.last
    )
    known = {(row.day, row.currency): row for row in rows.order_by("pk")}
    said = said_of(days)
    for (day, currency), tally in sorted(days.tallies.items()):
        tally.set_aside(said.get(currency, {}))
        row = known.pop((day, currency), None)
        row = row or DayComparison(gateway=days.gateway, day=day, currency=currency)
        row.mark_seen(at=at, **tally.as_fields())
    DayComparison.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def said_of(days: Days) -> dict[str, dict[Key, int]]:
    """By currency, what colleagues said is not ours of what only they have, and of which amount."""
    entries = [entry for tally in days.tallies.values() for entry in tally.only_theirs.entries]
    refs = sorted({str(entry["ref"]) for entry in entries})
    found: dict[str, dict[Key, int]] = {}
    for start in range(0, len(refs), CHUNK):
        said = NotOurs.objects.standing().about(
            gateway=days.gateway, refs=refs[start : start + CHUNK]
        )
        for each in said:
            found.setdefault(each.currency, {})[each.kind, each.ref] = each.amount_minor
    return found


def keep_balance(gateway: str, told: Balance, *, at: datetime) -> None:
    """What stands there beside what the books say, and what explains a difference."""
    currency = told.available.currency
    unsettled = Donation.objects.filter(
        gateway=gateway,
        currency=currency,
        fee_minor=None,
        received_at__gte=at - UNSETTLED_DAYS,
    ).aggregate(total=Sum("amount_minor"), number=Count("pk"))
    BalanceComparison.objects.update_or_create(
        gateway=gateway,
        currency=currency,
        defaults={
            "available_minor": told.available.minor,
            "pending_minor": told.pending.minor,
            "ledger_minor": balance(account=BALANCES[gateway], currency=currency).minor,
            "unsettled_minor": unsettled["total"] or 0,
            "unsettled_count": unsettled["number"],
            "read_at": at,
        },
    )
