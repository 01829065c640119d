"""Money that arrived."""

from django.db import models
from django.db.models import Q

from donations.articles.models import Article
from donations.giving.models.pledge import Pledge
from donations.giving.models.subscription import Subscription
from donations.giving.models.words import has_currency
from donations.money import Money
from donations.supporters.models import Supporter


class Donation(models.Model):
    """One payment that arrived, one-off or an instalment of a subscription.

    `fee_minor` is None until the provider tells it, and in its own currency: the one settled in.
    """

    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=255)
    payment_ref = models.CharField(max_length=255, blank=True, db_index=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    settled_minor = models.BigIntegerField(null=True)
    fee_minor = models.BigIntegerField(null=True)
    settled_currency = models.CharField(max_length=3, blank=True)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    subscription = models.ForeignKey(
        Subscription, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    is_first = models.BooleanField(default=False)
    received_at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="donation_is_positive", condition=Q(amount_minor__gt=0)),
            has_currency("donation_has_a_currency"),
            models.UniqueConstraint(
                name="donation_recorded_once", fields=["gateway", "gateway_ref"]
            ),
            models.CheckConstraint(
                name="donation_fee_has_a_currency",
                condition=Q(fee_minor__isnull=True) | ~Q(settled_currency=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @property
    def money(self) -> Money:
        """What the supporter paid."""
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money | None:
        """What the provider kept, or None while unknown: never zero for unknown."""
        return None if self.fee_minor is None else Money(self.fee_minor, self.settled_currency)

    def learn_payment_ref(self, ref: str) -> None:
        """The provider's payment, by which refunds and disputes find their donation."""
        if ref and not self.payment_ref:
            self.payment_ref = ref
            self.save(update_fields=["payment_ref"])

    def mark_credited(self, *, pledge: Pledge) -> None:
        """Which pledge it fulfils: its supporter and its article follow from that."""
        self.pledge, self.supporter, self.article = pledge, pledge.supporter, pledge.article
        self.save(update_fields=["pledge", "supporter", "article"])

    def mark_settled(self, *, settled: Money, fee: Money) -> None:
        """What it left on the provider's balance, and what the provider kept."""
        self.settled_minor, self.fee_minor = settled.minor, fee.minor
        self.settled_currency = settled.currency
        self.save(update_fields=["settled_minor", "fee_minor", "settled_currency"])
