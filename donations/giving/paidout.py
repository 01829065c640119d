"""What may be asked about payouts."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from donations.giving.models import Donation, Payout, PayoutItem
from donations.money import Money


@dataclass(frozen=True, kw_only=True)
class Part:
    """Everything of one kind in a payout."""

    kind: str
    count: int
    gross: Money
    fees: Money

    @property
    def net(self) -> Money:
        """What it adds to the payout."""
        return Money(self.gross.minor - self.fees.minor, self.gross.currency)


def currencies() -> list[str]:
    """Those in which anything was paid out."""
    rows = Payout.objects.order_by("currency").values_list("currency", flat=True)
    return list(rows.distinct())


def items_of(payout: Payout) -> QuerySet[PayoutItem]:
    """What is in it; of what is in another currency nothing adds up, so it is left out."""
    return PayoutItem.objects.filter(payout=payout, currency=payout.currency)


def parts_of(payout: Payout) -> list[Part]:
    """By kind, in the order of the kinds."""
    sums = items_of(payout).order_by().values("kind")
    rows = sums.annotate(n=Count("pk"), gross=Sum("amount_minor"), fees=Sum("fee_minor"))
    found = {
        row["kind"]: Part(
            kind=row["kind"],
            count=row["n"],
            gross=Money(row["gross"], payout.currency),
            fees=Money(row["fees"], payout.currency),
        )
        for row in rows
    }
    return [found[kind] for kind in PayoutItem.Kind.values if kind in found]


def strangers_in(payout: Payout) -> QuerySet[PayoutItem]:
    """Payments that we know no donation of: another shop's, or one that we never heard of."""
    ours = Donation.objects.filter(gateway=payout.gateway, payment_ref=OuterRef("payment_ref"))
    payments = items_of(payout).filter(kind=PayoutItem.Kind.PAYMENT)
    return payments.filter(~Exists(ours)).order_by("moved_at", "pk")


def donations_paid_by(*, gateway: str, payment_refs: Collection[str]) -> dict[str, Donation]:
    """By the provider's payment, with whose they are."""
    refs = {ref for ref in payment_refs if ref}
    rows = Donation.objects.filter(gateway=gateway, payment_ref__in=refs)
    return {row.payment_ref: row for row in rows.select_related("supporter")}
