"""The subscriptions of many instalments, where no pledge is behind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from donations.gateways.events import SubscriptionObserved
from donations.giving.models import Donation, Subscription
from donations.giving.operations import reading
from donations.giving.operations.fulfilling import number_instalments
from donations.giving.operations.renaming import by_any_name
from donations.giving.operations.subscribing import first_state, news


@dataclass
class Agreements:
    """`known` are those that may be written here, `barred` the names that need a closer look."""

    known: dict[str, Subscription] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, told: Sequence[SubscriptionObserved]) -> Self:
        """What is known of them, locked."""
        found = cls()
        for gateway in {fact.gateway for fact in told}:
            refs = {fact.ref for fact in told if fact.gateway == gateway}
            for row in by_any_name(gateway=gateway, refs=refs):
                if row.pledge_id is not None or row.old_ref:
                    found.barred |= {row.gateway_ref, row.old_ref}
                found.known[row.gateway_ref] = row
        return found

    def may_take(self, fact: SubscriptionObserved | None) -> bool:
        """Whether nothing but its own row follows from it."""
        if fact is None:
            return True
        return not (fact.is_whole or fact.old_ref or fact.ref in self.barred or fact.guess is None)

    def has_heard(self, fact: SubscriptionObserved, donation: Donation) -> bool:
        """Whether an instalment that is known brings no news of its agreement."""
        row = self.known.get(fact.ref)
        if row is None or donation.subscription_id != row.pk or fact.money is not None:
            return False
        is_old_news = row.created_at <= fact.created_at and fact.observed_at <= row.observed_at
        return is_old_news and (donation.pledge_id is not None or row.pledge_id is None)

    def observe(self, told: Sequence[SubscriptionObserved]) -> None:
        """Keep the newest reading of each, as one by one in this order."""
        first: dict[str, SubscriptionObserved] = {}
        later = []
        for fact in told:
            if fact.ref in self.known or fact.ref in first:
                later.append(fact)
            else:
                first[fact.ref] = fact
        made = Subscription.objects.bulk_create(
            Subscription(gateway=fact.gateway, gateway_ref=fact.ref, **first_state(fact))
            for fact in first.values()
        )
        self.known |= {row.gateway_ref: row for row in made}
        self.new |= set(first)
        for fact in later:
            if changes := news(fact, self.known[fact.ref]):
                self.known[fact.ref].mark_observed(**changes)
        reading.keep(reading.reading_of(fact, self.known[fact.ref]) for fact in told)

    def number_new(self, donations: Sequence[Donation]) -> None:
        """The earliest instalment of a new agreement is its first; the rows are not stored yet."""
        seen = set()
        for donation in sorted(donations, key=earliest):
            ref = donation.subscription.gateway_ref if donation.subscription else ""
            if ref in self.new and ref not in seen:
                seen.add(ref)
                donation.is_first = True

    def number_known(self, donations: Sequence[Donation]) -> None:
        """Of the others, only where one comes before the first that was known."""
        others = {
            donation.subscription_id: donation.subscription
            for donation in donations
            if donation.subscription and donation.subscription.gateway_ref not in self.new
        }
        rows = Donation.objects.filter(subscription__in=list(others), is_first=True)
        firsts = {row.subscription_id: earliest(row) for row in rows}
        wrong = {
            donation.subscription_id
            for donation in donations
            if donation.subscription_id in others
            and earliest(donation) < firsts.get(donation.subscription_id, earliest(donation))
        } | (others.keys() - firsts.keys())
        for subscription in (others[key] for key in wrong):
            number_instalments(subscription)


def earliest(donation: Donation) -> tuple[object, str]:
    """What instalments are ordered by."""
    return donation.received_at, donation.gateway_ref
