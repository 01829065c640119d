"""What comparing with the providers came to: rows, so that no page asks a provider."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from donations.money import Money

# Longer than the longest comparison: a worker that died has lost it after this time.
LEASE = timedelta(hours=1)


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Which comparisons."""

    def due(self, *, at: datetime) -> Self:
        """Not begun, or begun by a worker that died."""
        free = Q(begun_at=None) | Q(begun_at__lte=at - LEASE)
        return self.filter(free, ended_at=None)


class Comparison(models.Model):
    """Some days that are to be compared, or were, with all providers.

    With `fetches` what never arrived is asked for and recorded first.
    """

    first_day = models.DateField()
    last_day = models.DateField()
    fetches = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        "donations.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    listed = models.PositiveIntegerField(default=0)
    recorded = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                name="comparison_due", fields=["asked_at"], condition=Q(ended_at__isnull=True)
            ),
            models.Index(name="comparison_latest", fields=["-asked_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"

    @classmethod
    def claim(cls, *, pk: int, at: datetime) -> bool:
        """Take it, if no other worker has."""
        return bool(cls.objects.due(at=at).filter(pk=pk).update(begun_at=at))

    def mark_fetched(self, *, listed: int, recorded: int) -> None:
        """What never arrived is in the books."""
        self.listed, self.recorded = listed, recorded
        self.save(update_fields=["listed", "recorded"])

    def mark_ended(self, *, error: str, at: datetime) -> None:
        """Done, or not done and why."""
        self.error, self.ended_at = error, at
        self.save(update_fields=["error", "ended_at"])


class DayComparisonQuerySet(models.QuerySet["DayComparison"]):
    """Which days."""

    def wrong(self) -> Self:
        """Those that differ."""
        return self.filter(wrong_since__isnull=False)


class DayComparison(models.Model):
    """One day at one provider in one currency: our sums, theirs, and what differs by id.

    Returned is what went back, refunds and disputes together; beside is what moved at the provider
    and is not about gifts, or is not ours. The lists of what differs are capped, the counts are
    not. `not_ours` is what colleagues said is somebody else's: it is in no sum of gifts, and no
    difference. The newest look stands.
    """

    gateway = models.CharField(max_length=20)
    day = models.DateField()
    currency = models.CharField(max_length=3)
    ours_gross = models.BigIntegerField(default=0)
    ours_fees = models.BigIntegerField(default=0)
    ours_returned = models.BigIntegerField(default=0)
    ours_paid_out = models.BigIntegerField(default=0)
    theirs_gross = models.BigIntegerField(default=0)
    theirs_fees = models.BigIntegerField(default=0)
    theirs_returned = models.BigIntegerField(default=0)
    theirs_paid_out = models.BigIntegerField(default=0)
    theirs_beside = models.BigIntegerField(default=0)
    only_theirs = models.JSONField(default=list)
    only_theirs_count = models.PositiveIntegerField(default=0)
    only_ours = models.JSONField(default=list)
    only_ours_count = models.PositiveIntegerField(default=0)
    differing = models.JSONField(default=list)
    differing_count = models.PositiveIntegerField(default=0)
    not_ours = models.JSONField(default=list)
    compared_at = models.DateTimeField()
    # Since when it has differed at every look; None while all is well.
    wrong_since = models.DateTimeField(null=True)

    objects = DayComparisonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="day_compared_once", fields=["gateway", "day", "currency"]
            ),
            models.CheckConstraint(
                name="day_comparison_has_a_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]
        indexes = [
            models.Index(name="day_comparison_latest", fields=["-day", "gateway", "currency"]),
            models.Index(
                name="day_comparison_wrong",
                fields=["wrong_since"],
                condition=Q(wrong_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.day} {self.currency}"

    @property
    def differences(self) -> int:
        """How many things differ."""
        return self.only_theirs_count + self.only_ours_count + self.differing_count

    def mark_seen(self, *, at: datetime, **found: Any) -> None:
        """The newest look."""
        self.compared_at = at
        self.mark_told(at=at, **found)

    def mark_told(self, *, at: datetime, **found: Any) -> None:
        """What stands where; how long it has been wrong goes on."""
        for name, value in found.items():
            setattr(self, name, value)
        self.wrong_since = (self.wrong_since or at) if self.differences else None
        self.save()


class BalanceComparison(models.Model):
    """What a provider says that stands there, against the books, in one currency.

    `unsettled` are payments of ours that the provider has not put on the balance yet, or whose fee
    nobody has told: what they come to is not known, so only their number and gross are kept.
    """

    gateway = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    available_minor = models.BigIntegerField(default=0)
    pending_minor = models.BigIntegerField(default=0)
    ledger_minor = models.BigIntegerField(default=0)
    unsettled_minor = models.BigIntegerField(default=0)
    unsettled_count = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="balance_compared_once", fields=["gateway", "currency"])
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.currency}"

    @property
    def difference(self) -> Money:
        """What they have more than the books say."""
        theirs = self.available_minor + self.pending_minor
        return Money(theirs - self.ledger_minor, self.currency)

    @property
    def available(self) -> Money:
        """What could be paid out."""
        return Money(self.available_minor, self.currency)

    @property
    def pending(self) -> Money:
        """What will be."""
        return Money(self.pending_minor, self.currency)

    @property
    def ledger(self) -> Money:
        """What the books say."""
        return Money(self.ledger_minor, self.currency)

    @property
    def unsettled(self) -> Money:
        """The gross of what is not settled."""
        return Money(self.unsettled_minor, self.currency)
