"""The same figures, slowly and plainly: from the kept facts, the ledger and the rows, in Python.

Nothing here knows the totals, nor how production counts them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from donations.gateways.events import Fact, SubscriptionObserved, facts_from_json
from donations.giving.models import Dispute, Donation, Refund, Subscription
from donations.ledger.models import Line
from donations.money import Money
from donations.webhooks.models import InboundEvent

COUNTING = {"active", "past_due"}


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def end_of_day(day: date) -> datetime:
    """The first moment that is no longer in it."""
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(settings.TIME_ZONE))


def kept_facts() -> list[Fact]:
    return [
        fact
        for facts in InboundEvent.objects.values_list("facts", flat=True)
        for fact in facts_from_json(facts)
    ]


# --- takings -----------------------------------------------------------------------------------

Key = tuple[date, str, str]


def value_of(donation: Donation, dimension: str) -> str:
    pledge = donation.pledge
    if dimension == "gateway":
        return donation.gateway
    if dimension == "language":
        return pledge.language if pledge else ""
    if dimension == "article":
        return str(donation.article_id or "")
    if dimension == "kind":
        if donation.subscription_id is None:
            return "once"
        return "first" if donation.is_first else "renewal"
    if dimension == "campaign" and pledge:
        if pledge.utm_campaign:
            return pledge.utm_campaign
        return f"{pledge.utm_source}/{pledge.utm_medium}" if pledge.utm_source else ""
    return ""


def takings(dimension: str = "all") -> dict[Key, Counter[str]]:
    """By day, currency and value; what comes to nothing is left out."""
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for donation in Donation.objects.select_related("pledge"):
        day, value = day_of(donation.received_at), value_of(donation, dimension)
        kind = {"once": "once", "first": "first", "renewal": "renewals"}[value_of(donation, "kind")]
        sums = found[day, donation.currency, value]
        sums[kind] += 1
        sums[f"{kind}_minor"] += donation.amount_minor
        if donation.fee_minor is not None:
            found[day, donation.fee_currency, value]["fees_minor"] += donation.fee_minor
    for refund in Refund.objects.select_related("donation__pledge"):
        if refund.status != "failed":
            key = day_of(refund.refunded_at), refund.currency, value_of(refund.donation, dimension)
            found[key]["returned_minor"] += refund.amount_minor
    for dispute in Dispute.objects.select_related("donation__pledge"):
        if dispute.status == "lost":
            key = day_of(dispute.opened_at), dispute.currency, value_of(dispute.donation, dimension)
            found[key]["returned_minor"] += dispute.amount_minor
    return plain(found)


def plain(found: dict[Any, Counter[str]]) -> dict[Any, Counter[str]]:
    """Without what is nothing."""
    kept = {key: Counter({k: v for k, v in sums.items() if v}) for key, sums in found.items()}
    return {key: sums for key, sums in kept.items() if sums}


def booked(account: str) -> dict[tuple[date, str], int]:
    """What the ledger has on an account, by day and currency."""
    found: Counter[tuple[date, str]] = Counter()
    for line in Line.objects.filter(account=account).select_related("posting"):
        found[day_of(line.posting.at), line.currency] += line.amount_minor
    return {key: value for key, value in found.items() if value}


# --- recurring ---------------------------------------------------------------------------------


def per_month(minor: int, interval: str) -> int:
    if interval == "year":
        whole, rest = divmod(minor, 12)
        return whole + (1 if rest >= 6 else 0)
    return minor if interval == "month" else 0


def paid_or_told(fact: SubscriptionObserved) -> Money:
    money = fact.money or fact.guess
    assert money is not None
    return money


@dataclass
class Told:
    """One agreement and its facts."""

    person: tuple[str, int]
    interval: str
    never_started: bool
    facts: list[SubscriptionObserved] = field(default_factory=list)

    def worth(self, day: date) -> tuple[str, int]:
        """Its currency and amount a month at the end of a day."""
        end = end_of_day(day)
        ends = [fact.ended_at for fact in self.facts if fact.ended_at]
        if self.never_started or min(fact.created_at for fact in self.facts) >= end:
            return "", 0
        if ends and max(min(ends), min(fact.created_at for fact in self.facts)) < end:
            return "", 0
        heard = [fact for fact in self.facts if fact.observed_at < end]
        terms = [fact for fact in self.facts if fact.money]
        if terms:
            money, interval = self._standing(terms, heard)
        else:
            guesses = [fact for fact in self.facts if fact.guess]
            if not guesses:
                return "", 0
            money, _interval = self._standing(guesses, heard)
            interval = self.interval
        if self._status(heard) not in COUNTING:
            return "", 0
        return money.currency, per_month(money.minor, interval or "other")

    def _standing(
        self, terms: list[SubscriptionObserved], heard: list[SubscriptionObserved]
    ) -> Any:
        earliest = min(fact.observed_at for fact in terms)
        latest = max((fact.observed_at for fact in terms if fact in heard), default=earliest)
        best = max(
            (fact for fact in terms if fact.observed_at == latest),
            key=lambda fact: paid_or_told(fact).minor,
        )
        return paid_or_told(best), best.interval

    def _status(self, heard: list[SubscriptionObserved]) -> str:
        stages = ["incomplete", "active", "past_due", "paused", "canceled"]
        told = [fact for fact in heard if fact.status]
        if not told:
            first = [fact for fact in self.facts if fact.status]
            begins = min((fact.observed_at for fact in first), default=None)
            at_first = {fact.status for fact in first if fact.observed_at == begins}
            return "incomplete" if at_first == {"incomplete"} else "active"
        latest = max(fact.observed_at for fact in told)
        now = [fact.status for fact in told if fact.observed_at == latest]
        return max((str(status) for status in now), key=stages.index)


def agreements(facts: Iterable[Fact]) -> list[Told]:
    """What was told of each agreement that is known, and whose it is now."""
    rows = {}
    for row in Subscription.objects.all():
        person = ("supporter", row.supporter_id) if row.supporter_id else ("agreement", row.pk)
        told = Told(person, row.interval, row.end_reason == "never_started")
        for name in {row.gateway_ref, row.old_ref} - {""}:
            rows[row.gateway, name] = told
    for fact in facts:
        if isinstance(fact, SubscriptionObserved) and (fact.gateway, fact.ref) in rows:
            known = rows[fact.gateway, fact.ref].facts
            if fact not in known:
                known.append(fact)
    return [told for told in {id(each): each for each in rows.values()}.values() if told.facts]


def every_day(told: list[Told]) -> Iterator[date]:
    """From before anything was told until after all of it."""
    moments = [
        moment
        for each in told
        for fact in each.facts
        for moment in (fact.observed_at, fact.created_at, fact.ended_at)
        if moment
    ]
    if moments:
        day, last = day_of(min(moments)) - timedelta(days=1), day_of(max(moments))
        while day <= last + timedelta(days=1):
            yield day
            day += timedelta(days=1)


@dataclass
class Recurring:
    """MRR and people at the end of each day, and what each day moved."""

    mrr: dict[tuple[date, str], int] = field(default_factory=dict)
    people: dict[tuple[date, str], int] = field(default_factory=dict)
    moved: dict[tuple[date, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    cohorts: dict[date, dict[date, int]] = field(default_factory=dict)
    sizes: Counter[date] = field(default_factory=Counter)


def recurring(facts: Iterable[Fact]) -> Recurring:
    """Day after day, asking each agreement what it is worth."""
    told, found = agreements(facts), Recurring()
    before: dict[Any, int] = {}
    seen: set[Any] = set()
    began: dict[Any, date] = {}
    for day in every_day(told):
        now: Counter[Any] = Counter()
        for each in told:
            currency, amount = each.worth(day)
            if amount:
                now[each.person, currency] += amount
        for person in {person for person, _currency in now}:
            now[person, ""] = 1
        for key in sorted(before.keys() | now.keys(), key=str):
            was, becomes = before.get(key, 0), now.get(key, 0)
            if was != becomes:
                name = kind(was, becomes, key in seen)
                sums = found.moved[day, key[1]]
                sums[name] += abs(becomes - was)
                sums[f"{name} people"] += 1
        for key in now:
            seen.add(key)
            began.setdefault(key[0], day.replace(day=1))
            found.mrr[day, key[1]] = found.mrr.get((day, key[1]), 0) + now[key]
            found.people[day, key[1]] = found.people.get((day, key[1]), 0) + 1
        for person, currency in list(now):
            if not currency:
                cohort = found.cohorts.setdefault(began[person], {})
                cohort[day] = cohort.get(day, 0) + 1
        before = dict(now)
    found.sizes = Counter(began.values())
    return found


def kind(was: int, becomes: int, is_known: bool) -> str:
    if was == 0:
        return "reactivation" if is_known else "new"
    if becomes == 0:
        return "churned"
    return "expansion" if becomes > was else "contraction"
