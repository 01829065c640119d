"""Pledges, subscriptions, donations, and what went back of them.

Amounts are in the currency's minor unit (cents, bani), always positive.
"""

import secrets
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from donations.articles.models import Article
from donations.money import Money
from donations.supporters.models import Supporter


def new_token() -> str:
    """An unguessable public name, safe in addresses and in a provider's metadata."""
    return secrets.token_urlsafe(16)


def has_currency(name: str) -> models.CheckConstraint:
    """No amount without its currency, in the database too."""
    return models.CheckConstraint(name=name, condition=Q(currency__regex=r"^[A-Z]{3}$"))


class Interval(models.TextChoices):
    """How often."""

    ONCE = "once", "once"
    MONTH = "month", "every month"
    YEAR = "year", "every year"


class Method(models.TextChoices):
    """How it is paid."""

    CARD = "card", "card"
    PAYPAL = "paypal", "PayPal"


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Which pledges."""

    def open(self) -> Self:
        """Neither paid nor given up."""
        return self.filter(status=Pledge.Status.OPEN)


class Pledge(models.Model):
    """What a reader set out to give. Its token comes back from the provider.

    Language, article and consents are frozen here as they were when the form was sent.
    """

    class Status(models.TextChoices):
        """Fulfilled is final; an expired pledge may still be fulfilled by a late payment."""

        OPEN = "open", "open"
        FULFILLED = "fulfilled", "fulfilled"
        EXPIRED = "expired", "expired"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    interval = models.CharField(max_length=5, choices=Interval)
    method = models.CharField(max_length=6, choices=Method)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, related_name="pledges"
    )
    name = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    public = models.BooleanField(default=False)
    language = models.CharField(max_length=8)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="pledges"
    )
    utm_source = models.CharField(max_length=100, blank=True)
    utm_medium = models.CharField(max_length=100, blank=True)
    utm_campaign = models.CharField(max_length=100, blank=True)
    consents = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    attempt = models.PositiveIntegerField(default=1)
    checkout_ref = models.CharField(max_length=255, blank=True, db_index=True)
    checkout_url = models.TextField(blank=True)
    checkout_expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    fulfilled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="pledge_is_positive", condition=Q(amount_minor__gt=0)),
            has_currency("pledge_has_a_currency"),
            # A double click is one pledge: the same wish cannot stand open twice.
            models.UniqueConstraint(
                name="pledge_open_once", fields=["fingerprint"], condition=Q(status="open")
            ),
        ]
        indexes = [
            models.Index(
                name="pledge_open_by_age", fields=["created_at"], condition=Q(status="open")
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} {self.interval}"

    objects = PledgeQuerySet.as_manager()

    @property
    def money(self) -> Money:
        """The promised amount."""
        return Money(self.amount_minor, self.currency)

    def mark_checkout_started(self, *, ref: str, url: str, expires_at: datetime) -> None:
        """The provider has a page for it."""
        self.checkout_ref, self.checkout_url = ref, url
        self.checkout_expires_at = expires_at
        self.save(update_fields=["checkout_ref", "checkout_url", "checkout_expires_at"])

    def mark_attempt_spent(self) -> None:
        """The provider answered with a fault that it would replay: the next try is a new one."""
        self.attempt += 1
        self.save(update_fields=["attempt"])

    def mark_fulfilled(self, *, at: datetime) -> None:
        """Money came; of several payments the first counts, in whatever order they are told."""
        if self.fulfilled_at is not None and self.fulfilled_at <= at:
            return
        self.status, self.fulfilled_at = self.Status.FULFILLED, at
        self.save(update_fields=["status", "fulfilled_at"])

    def mark_expired(self) -> None:
        """Nobody paid in time; what was fulfilled stays so."""
        if self.status == self.Status.OPEN:
            self.status = self.Status.EXPIRED
            self.save(update_fields=["status"])


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
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscription_is_positive", condition=Q(amount_minor__gt=0)
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
            self.pledge, self.supporter = pledge, pledge.supporter
            self.save(update_fields=["pledge", "supporter"])

    def mark_stopping(self) -> None:
        """The provider agreed to take no further payment."""
        self.cancel_at = self.period_end
        self.save(update_fields=["cancel_at"])


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


class Refund(models.Model):
    """Money that went back to a supporter."""

    class Status(models.TextChoices):
        """Failed means that the money came back to us."""

        PENDING = "pending", "pending"
        SUCCEEDED = "succeeded", "succeeded"
        FAILED = "failed", "failed"

    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=255)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status)
    refunded_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="refund_is_positive", condition=Q(amount_minor__gt=0)),
            has_currency("refund_has_a_currency"),
            models.UniqueConstraint(name="refund_recorded_once", fields=["gateway", "gateway_ref"]),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"


class Dispute(models.Model):
    """A payment contested at the supporter's bank. Its money moves are in the ledger."""

    class Status(models.TextChoices):
        """An inquiry moves no money."""

        INQUIRY = "inquiry", "inquiry"
        OPEN = "open", "open"
        WON = "won", "won"
        LOST = "lost", "lost"
        CLOSED = "closed", "closed"

    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=255)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="disputes")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(max_length=60, blank=True)
    due_by = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [
            has_currency("dispute_has_a_currency"),
            models.UniqueConstraint(
                name="dispute_recorded_once", fields=["gateway", "gateway_ref"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    def mark_observed(self, *, status: str, due_by: datetime | None, at: datetime) -> None:
        """The newest reading stands: a lost dispute may still be won."""
        if at > self.observed_at:
            self.status, self.due_by, self.observed_at = self.Status(status), due_by, at
            self.save(update_fields=["status", "due_by", "observed_at"])
