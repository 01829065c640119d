"""Agreements to give again."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from donations.giving.models.pledge import Pledge
from donations.giving.models.words import Interval, has_currency, new_token
from donations.money import Money
from donations.supporters.models import Supporter


class Subscription(models.Model):
    """A recurring agreement living at a provider.

    Its state is whatever the provider said last; `observed_at` is when it was read.
    """

    class Status(models.TextChoices):
        """Ours; each gateway translates its provider's words into them."""

        INCOMPLETE = "incomplete", "incomplete"
        ACTIVE = "active", "active"
        PAST_DUE = "past_due", "past due"
        PAUSED = "paused", "paused"
        CANCELED = "canceled", "canceled"

    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=255)
    status = models.CharField(max_length=10, choices=Status)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    interval = models.CharField(max_length=5, choices=Interval)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, related_name="subscriptions"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, null=True, related_name="subscriptions"
    )
    token = models.CharField(max_length=40, unique=True, default=new_token)
    customer_ref = models.CharField(max_length=255, blank=True)
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    cancel_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)
    observed_at = models.DateTimeField()
    # When amount and interval were told; None while they are only gathered from a payment.
    terms_at = models.DateTimeField(null=True)
    # The provider renamed it: what it was called before.
    old_ref = models.CharField(max_length=255, blank=True, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscription_is_not_negative", condition=Q(amount_minor__gte=0)
            ),
            has_currency("subscription_has_a_currency"),
            models.UniqueConstraint(
                name="subscription_known_once", fields=["gateway", "gateway_ref"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @property
    def money(self) -> Money:
        """What is taken each time."""
        return Money(self.amount_minor, self.currency)

    @property
    def next_payment_at(self) -> datetime | None:
        """When money is taken next; None when it is not."""
        going_on = self.status == self.Status.ACTIVE and self.cancel_at is None
        return self.period_end if going_on else None

    @property
    def is_stopping(self) -> bool:
        """Ended, or about to end with the period that is paid for."""
        return self.status == self.Status.CANCELED or self.cancel_at is not None

    def mark_observed(self, **state: Any) -> None:
        """The provider was asked again: keep its answer whole."""
        for field, value in state.items():
            setattr(self, field, value)
        self.save(update_fields=list(state))

    def mark_of_pledge(self, *, pledge: Pledge) -> None:
        """Whose it is. The first answer stands."""
        if self.pledge_id is None:
            self.pledge, self.supporter = pledge, self.supporter or pledge.supporter
            self.save(update_fields=["pledge", "supporter"])

    def mark_supported(self, *, supporter: Supporter | None) -> None:
        """Whose it is, found out otherwise than by its pledge."""
        self.supporter = supporter
        self.save(update_fields=["supporter"])

    def mark_renamed(self, *, ref: str, old_ref: str) -> None:
        """The provider calls it otherwise now; messages under the old name still find it."""
        self.gateway_ref, self.old_ref = ref, old_ref
        self.save(update_fields=["gateway_ref", "old_ref"])

    def mark_stopping(self, *, at: datetime) -> None:
        """The provider agreed to take no further payment."""
        paid_until = self.period_end if self.status == self.Status.ACTIVE else None
        self.cancel_at = paid_until or at
        self.save(update_fields=["cancel_at"])
