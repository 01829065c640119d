"""Money that went back, or is contested."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from donations.giving.models.donation import Donation
from donations.giving.models.words import has_currency
from donations.money import Money
from donations.recounts.counted import Counted, State
from donations.recounts.operations import About, Mark, day_of


class Refund(Counted):
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
        indexes = [models.Index(name="refund_by_day", fields=["refunded_at"])]

    WATCHED: ClassVar = ("donation_id", "refunded_at")
    UNCOUNTED: ClassVar = frozenset({"observed_at"})

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @classmethod
    def marks_of(cls, state: State, *, is_new: bool) -> Iterator[Mark]:
        """Its day, and whatever its donation is counted in."""
        yield About.DAY, day_of(state["refunded_at"]).toordinal()
        yield About.DONATION, state["donation_id"]

    def mark_observed(self, *, status: str, at: datetime) -> None:
        """Pending, succeeded, failed: it goes one way, whatever order it is told in."""
        order = list(self.Status)
        if order.index(self.Status(status)) > order.index(self.Status(self.status)):
            self.status, self.observed_at = self.Status(status), at
            self.save(update_fields=["status", "observed_at"])


class Dispute(Counted):
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
        indexes = [models.Index(name="dispute_by_day", fields=["opened_at"])]

    WATCHED: ClassVar = ("donation_id", "opened_at")
    UNCOUNTED: ClassVar = frozenset({"observed_at", "due_by", "reason"})

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @classmethod
    def marks_of(cls, state: State, *, is_new: bool) -> Iterator[Mark]:
        """The day on which it took the money, and whatever its donation is counted in."""
        yield About.DAY, day_of(state["opened_at"]).toordinal()
        yield About.DONATION, state["donation_id"]

    def mark_observed(self, *, status: str, due_by: datetime | None, at: datetime) -> None:
        """The newest reading stands: a lost dispute may still be won."""
        if at > self.observed_at:
            self.status, self.due_by, self.observed_at = self.Status(status), due_by, at
            self.save(update_fields=["status", "due_by", "observed_at"])

    def mark_contested(self, *, money: Money) -> None:
        """How much of the payment; until it is told it is all of it."""
        if (self.amount_minor, self.currency) != (money.minor, money.currency):
            self.amount_minor, self.currency = money.minor, money.currency
            self.save(update_fields=["amount_minor", "currency"])
