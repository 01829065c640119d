"""What a reader set out to give."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from donations.articles.models import Article
from donations.codes import new_code
from donations.giving.models.words import Interval, Method, has_currency, new_token
from donations.money import Money
from donations.supporters.models import Supporter


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
    # What a reader copies into the note of a payment whose link can carry nothing.
    code = models.CharField(max_length=9, unique=True, default=new_code)
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
    article_title = models.CharField(max_length=300, blank=True)
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

    objects = PledgeQuerySet.as_manager()

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

    @property
    def money(self) -> Money:
        """The promised amount."""
        return Money(self.amount_minor, self.currency)

    def mark_checkout_started(self, *, ref: str, url: str, expires_at: datetime | None) -> None:
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

    def mark_supporter(self, *, supporter: Supporter | None) -> None:
        """Who paid it, when the form did not say who promises; None when that was a mistake."""
        self.supporter = supporter
        self.save(update_fields=["supporter"])

    def mark_unpaid(self) -> None:
        """What was taken for its payment was not; a late one may still fulfil it."""
        self.status, self.fulfilled_at = self.Status.EXPIRED, None
        self.save(update_fields=["status", "fulfilled_at"])
