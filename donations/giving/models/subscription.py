"""Agreements to give again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from donations.giving.models.pledge import Pledge
from donations.giving.models.words import Interval, has_currency, new_token
from donations.money import Money
from donations.recounts.counted import Counted, State
from donations.recounts.operations import About, Mark, day_of
from donations.supporters.models import Supporter


class Subscription(Counted):
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
    # When a pause ends by itself; None while it is not paused, or paused without an end.
    resumes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)
    observed_at = models.DateTimeField()
    # When amount and interval were told; None while they are only gathered from a payment.
    terms_at = models.DateTimeField(null=True)
    # The provider renamed it: what it was called before.
    old_ref = models.CharField(max_length=255, blank=True, db_index=True)
    created_at = models.DateTimeField()
    # When its supporter stopped it here, which was confirmed to them at once, and why if they said.
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.TextField(blank=True)
    # When the provider was asked about the card that pays it.
    card_read_at = models.DateTimeField(null=True)

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
        indexes = [
            models.Index(
                name="subscription_due",
                fields=["period_end"],
                condition=Q(status="active", cancel_at=None),
            ),
            models.Index(
                name="subscription_in_trouble",
                fields=["currency", "-observed_at"],
                condition=Q(status="past_due"),
            ),
        ]

    WATCHED: ClassVar = ("supporter_id", "status", "period_end", "cancel_at")
    UNCOUNTED: ClassVar = frozenset(
        {"gateway_ref", "old_ref", "customer_ref", "pledge", "observed_at", "period_start"}
        | {"stopped_at", "stop_reason", "card_read_at"}
    )

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @classmethod
    def marks_of(cls, state: State, *, is_new: bool) -> Iterator[Mark]:
        """Whose it is, and the day on which it takes money next."""
        if state["supporter_id"]:
            yield About.SUPPORTER, state["supporter_id"]
        else:
            yield About.AGREEMENT, state["pk"]
        goes_on = state["status"] == cls.Status.ACTIVE and state["cancel_at"] is None
        if goes_on and state["period_end"]:
            yield About.DUE_DAY, day_of(state["period_end"]).toordinal()

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

    def mark_stopped(self, *, reason: str, at: datetime) -> None:
        """Its supporter did it, and was told so."""
        self.stopped_at, self.stop_reason = at, reason
        self.save(update_fields=["stopped_at", "stop_reason"])

    def mark_kept(self) -> None:
        """Its supporter thought better of it: it is as if they had not stopped it."""
        self.stopped_at, self.stop_reason = None, ""
        self.save(update_fields=["stopped_at", "stop_reason"])

    def mark_card_read(self, *, at: datetime) -> None:
        """Once before each payment is enough."""
        self.card_read_at = at
        self.save(update_fields=["card_read_at"])

    def mark_forgotten(self, *, token: str) -> None:
        """Nobody's: whoever had it was erased. Links that named it lead nowhere."""
        self.supporter, self.customer_ref, self.token = None, "", token
        self.stop_reason = ""
        self.save(update_fields=["supporter", "customer_ref", "token", "stop_reason"])
