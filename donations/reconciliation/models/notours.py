"""What moved at a provider and is somebody else's."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from donations.money import Money


class NotOursQuerySet(models.QuerySet["NotOurs"]):
    """Which of them."""

    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(undone_at=None)

    def about(self, *, gateway: str, refs: Collection[str]) -> Self:
        """Of these moves at a provider."""
        return self.filter(gateway=gateway, ref__in=refs)


class NotOurs(models.Model):
    """A colleague said that a move at the provider is not this newsroom's: another shop's, say.

    It holds for the amount that they saw, after the fee: with any other it differs again. Taken
    back it stays, and is said again in the same row.
    """

    gateway = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=255)
    amount_minor = models.BigIntegerField()
    why = models.TextField(max_length=200, blank=True)
    by = models.ForeignKey("donations.User", on_delete=models.SET_NULL, null=True, related_name="+")
    by_email = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = NotOursQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="not_ours_once", fields=["gateway", "ref", "kind", "currency"]
            ),
            models.CheckConstraint(
                name="not_ours_has_a_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def amount(self) -> Money:
        """What it did to the balance there."""
        return Money(self.amount_minor, self.currency)

    @property
    def told(self) -> dict[str, Any]:
        """As the history tells it."""
        if self.undone_at is not None:
            return {"is_ours": True}
        return {
            "is_ours": False,
            "reason": self.why,
            "amount_minor": self.amount_minor,
            "currency": self.currency,
        }

    def mark_said(self, *, at: datetime, **said: Any) -> None:
        """By whom, why, and of which amount; the newest word stands."""
        for name, value in said.items():
            setattr(self, name, value)
        self.at, self.undone_at = at, None
        self.save()

    def mark_undone(self, *, at: datetime) -> None:
        """It is ours after all."""
        self.undone_at = at
        self.save(update_fields=["undone_at"])
