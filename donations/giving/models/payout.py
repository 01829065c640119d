"""Money that a provider moved to the newsroom's bank."""

from django.db import models
from django.db.models import Q

from donations.giving.models.words import has_currency
from donations.money import Money


class Payout(models.Model):
    """Money on its way to the bank, or there. Negative when the provider took from the bank.

    `fee_minor` is None until the provider tells it. `has_parts` tells that what is in it is known.
    """

    class Status(models.TextChoices):
        """It goes one way, in this order: what was paid may fail yet. Those two are ends."""

        PENDING = "pending", "being prepared"
        IN_TRANSIT = "in_transit", "on its way"
        PAID = "paid", "at the bank"
        FAILED = "failed", "came back"
        CANCELED = "canceled", "called off"

    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=255)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    fee_minor = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10, choices=Status)
    is_automatic = models.BooleanField()
    failure = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    arrives_at = models.DateTimeField(null=True)
    observed_at = models.DateTimeField()
    has_parts = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="payout_moves_something", condition=~Q(amount_minor=0)),
            has_currency("payout_has_a_currency"),
            models.UniqueConstraint(name="payout_recorded_once", fields=["gateway", "gateway_ref"]),
        ]
        indexes = [
            models.Index(name="payout_latest", fields=["-made_at", "-id"]),
            models.Index(name="payout_of_currency", fields=["currency", "-made_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @property
    def money(self) -> Money:
        """What reaches the bank."""
        return Money(self.amount_minor, self.currency)

    @property
    def is_over(self) -> bool:
        """Nothing of it reached the bank, or stayed there."""
        return self.status in (self.Status.FAILED, self.Status.CANCELED)

    @property
    def has_arrived(self) -> bool:
        """As far as the provider knows."""
        return self.status == self.Status.PAID

    def mark_observed(self, *, status: str, failure: str, fee: Money | None) -> None:
        """A later step, and what was not known before; an earlier step says nothing new."""
        order = list(self.Status)
        if order.index(self.Status(status)) > order.index(self.Status(self.status)):
            self.status = self.Status(status)
        self.failure = self.failure or failure[:100]
        if fee is not None:
            self.fee_minor = fee.minor
        self.save(update_fields=["status", "failure", "fee_minor"])

    def mark_read_at(self, **fields: object) -> None:
        """The newest reading of when it arrives."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    def mark_parts_known(self) -> None:
        """What is in it has been told."""
        if not self.has_parts:
            self.has_parts = True
            self.save(update_fields=["has_parts"])


class PayoutItem(models.Model):
    """A move of the provider's balance that a payout took along; what was told once stays.

    It leads to its donation by `payment_ref`, so it may be told before the donation is.
    """

    class Kind(models.TextChoices):
        """As gateways tell moves apart."""

        PAYMENT = "payment", "payment"
        REFUND = "refund", "refund"
        REFUND_FAILURE = "refund_failure", "refund that came back"
        DISPUTE = "dispute", "dispute"
        PAYOUT = "payout", "payout"
        PAYOUT_FAILURE = "payout_failure", "payout that came back"
        EXCHANGE = "exchange", "currency exchange"
        FEE = "fee", "fee"
        OTHER = "other", "something else"

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    ref = models.CharField(max_length=255)
    kind = models.CharField(max_length=15, choices=Kind)
    source_ref = models.CharField(max_length=255, blank=True)
    payment_ref = models.CharField(max_length=255, blank=True, db_index=True)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            has_currency("payout_item_has_a_currency"),
            models.UniqueConstraint(name="payout_item_once", fields=["payout", "ref"]),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def money(self) -> Money:
        """Before the fee."""
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money:
        """What the provider kept of it."""
        return Money(self.fee_minor, self.currency)

    @property
    def net(self) -> Money:
        """What it adds to the payout."""
        return Money(self.amount_minor - self.fee_minor, self.currency)
