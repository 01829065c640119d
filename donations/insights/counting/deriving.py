"""From what was told of agreements to how much they are worth a month, and to the movements.

Pure. An agreement counts from the moment when it was made until it ended, at the terms and in the
state that were told last by then; before the first reading at those of the first. It counts while
it is active or past due (Stripe's definition), by its amount a month: a year's by a twelfth,
rounded half up. One that never was paid, is incomplete, paused or canceled counts nothing; nor
does one in a rhythm that is not known (`other`), for nobody can say what it brings in a month. What
was paid stands for the terms as long as nobody told them. An agreement of nobody known is a person
of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Case, F, Value, When

from donations.giving.models import Interval, Subscription
from donations.insights.models import Movement

Status = Subscription.Status
Kind = Movement.Kind
COUNTING = (Status.ACTIVE, Status.PAST_DUE)
# The same as `monthly`, for the database; integers divide without a rest.
MONTHLY = Case(
    When(interval=Interval.MONTH, then=F("amount_minor")),
    When(interval=Interval.YEAR, then=(F("amount_minor") + 6) / 12),
    default=Value(0),
    output_field=BigIntegerField(),
)
NEVER_STARTED = "never_started"


def monthly(minor: int, interval: str) -> int:
    """What it brings in a month."""
    match interval:
        case Interval.MONTH:
            return minor
        case Interval.YEAR:
            return (minor + 6) // 12
    return 0


@dataclass(frozen=True)
class Told:
    """One reading. Blank or None is what was not told."""

    at: datetime
    status: str = ""
    minor: int | None = None
    currency: str = ""
    interval: str = ""
    is_guess: bool = False


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """An agreement with all that was told of it, in any order.

    `interval` is what the row has: while nobody told the terms it comes from the form.
    """

    created_at: datetime
    ended_at: datetime | None
    end_reason: str
    interval: str
    told: Sequence[Told]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a day did to one person in one currency; without a currency, to the person."""

    on: date
    currency: str
    kind: str
    delta: int
    after: int


# From this day on it brings so much a month in this currency.
Level = tuple[datetime, str, int]


def levels(agreement: Agreement) -> list[Level]:
    """How much it brings a month from each moment on, oldest first."""
    if agreement.end_reason == NEVER_STARTED:
        return []
    told = sorted(agreement.told, key=lambda each: each.at)
    known = [each for each in told if each.minor is not None and not each.is_guess]
    terms = known or [each for each in told if each.minor is not None]
    if not terms:
        return []
    states = [each.status for each in told if each.status]
    begins_unpaid = states[:1] == [Status.INCOMPLETE]
    status: str = Status.INCOMPLETE if begins_unpaid else Status.ACTIVE
    now, found = terms[0], [(agreement.created_at, *worth(status, terms[0], agreement))]
    for each in told:
        if agreement.ended_at is not None and each.at >= agreement.ended_at:
            break
        status = each.status or status
        now = each if each.minor is not None and each.is_guess == (not known) else now
        found.append((max(each.at, agreement.created_at), *worth(status, now, agreement)))
    if agreement.ended_at is not None:
        end = max(agreement.ended_at, agreement.created_at)
        found.append((end, now.currency, 0))
    return found


def worth(status: str, terms: Told, agreement: Agreement) -> tuple[str, int]:
    """The currency and the amount a month; what only was paid has the rhythm of the form."""
    interval = agreement.interval if terms.is_guess else terms.interval
    amount = monthly(terms.minor or 0, interval) if status in COUNTING else 0
    return terms.currency, amount


def by_day(found: Iterable[Level], zone: ZoneInfo) -> dict[date, tuple[str, int]]:
    """What it brings at the end of each day on which that changed."""
    return {at.astimezone(zone).date(): (currency, amount) for at, currency, amount in found}


def movements(agreements: Iterable[Agreement], zone: ZoneInfo) -> list[Moved]:
    """What each day did to a person with these agreements, running forward from nothing."""
    changes: dict[date, dict[int, tuple[str, int]]] = {}
    for number, agreement in enumerate(agreements):
        known = None
        for day, level in by_day(levels(agreement), zone).items():
            if level != known:
                changes.setdefault(day, {})[number] = known = level
    now: dict[int, tuple[str, int]] = {}
    before: dict[str, int] = {}
    seen: set[str] = set()
    found: list[Moved] = []
    for day in sorted(changes):
        now |= changes[day]
        after: dict[str, int] = {}
        for currency, amount in now.values():
            after[currency] = after.get(currency, 0) + amount
        for currency in sorted(before.keys() | after.keys()):
            was, becomes = before.get(currency, 0), after.get(currency, 0)
            if was != becomes:
                kind = kind_of(was, becomes, is_known=currency in seen)
                found.append(
                    Moved(on=day, currency=currency, kind=kind, delta=becomes - was, after=becomes)
                )
        found += person(day, before, after, is_known="" in seen)
        seen |= {currency for currency, amount in after.items() if amount}
        seen |= {""} if any(after.values()) else set()
        before = after
    return found


def person(
    day: date, before: dict[str, int], after: dict[str, int], *, is_known: bool
) -> list[Moved]:
    """Whether somebody began, stopped or came back, in whatever currency."""
    was, becomes = int(any(before.values())), int(any(after.values()))
    if was == becomes:
        return []
    kind = kind_of(was, becomes, is_known=is_known)
    return [Moved(on=day, currency="", kind=kind, delta=0, after=0)]


def kind_of(was: int, becomes: int, *, is_known: bool) -> str:
    """Which kind of movement it is."""
    if not was:
        return Kind.REACTIVATION if is_known else Kind.NEW
    if not becomes:
        return Kind.CHURNED
    return Kind.EXPANSION if becomes > was else Kind.CONTRACTION
