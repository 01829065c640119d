"""What went back of a gift, as a receipt has to state it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from donations.giving.models import Dispute, Donation, Refund
from donations.money import Money


@dataclass(frozen=True, kw_only=True)
class Return:
    """Money that went back, or is on its way; a bank took it when it was contested."""

    money: Money
    at: datetime
    is_done: bool
    by_bank: bool


def returns_of(donation: Donation) -> list[Return]:
    """In the order of time. What failed to go back is not told of, nor a contest that was won."""
    refunds = [
        Return(
            money=Money(each.amount_minor, each.currency),
            at=each.refunded_at,
            is_done=each.status == Refund.Status.SUCCEEDED,
            by_bank=False,
        )
        for each in donation.refunds.all()
        if each.status != Refund.Status.FAILED
    ]
    contested = [
        Return(
            money=Money(each.amount_minor, each.currency),
            at=each.opened_at,
            is_done=each.status == Dispute.Status.LOST,
            by_bank=True,
        )
        for each in donation.disputes.all()
        if each.status in (Dispute.Status.OPEN, Dispute.Status.LOST)
    ]
    return sorted([*refunds, *contested], key=lambda each: each.at)


def returned(donation: Donation) -> Money:
    """What is gone for good, in the gift's own currency and never more than the gift."""
    done = (each.money for each in returns_of(donation) if each.is_done)
    minor = sum(each.minor for each in done if each.currency == donation.currency)
    return Money(min(minor, donation.amount_minor), donation.currency)


def remains(donation: Donation) -> Money:
    """What the newsroom kept."""
    return Money(donation.amount_minor - returned(donation).minor, donation.currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency. Raises ValueError for another."""
    minor = 0
    for each in amounts:
        if each.currency != currency:
            raise ValueError(f"{each.currency} does not add to {currency}")
        minor += each.minor
    return Money(minor, currency)
