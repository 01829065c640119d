"""Money that we asked a provider to give back."""

from typing import Self

from django.db import models
from django.db.models import Q

from donations.giving.models.donation import Donation
from donations.giving.models.words import has_currency, new_token
from donations.money import Money


class RefundOrderQuerySet(models.QuerySet["RefundOrder"]):
    """Which orders."""

    def open(self) -> Self:
        """Nobody knows yet whether they were carried out."""
        return self.filter(state=RefundOrder.State.ASKED)


class RefundOrder(models.Model):
    """What we want given back, kept before the provider is asked.

    It writes nothing in the books: the refund does, once the provider tells of it (`refund_ref`).
    """

    class State(models.TextChoices):
        """Asked: sent, and the answer is not known yet."""

        ASKED = "asked", "not known yet"
        MADE = "made", "made"
        REFUSED = "refused", "refused"

    token = models.CharField(max_length=40, unique=True, default=new_token)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="refund_orders")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    # A provider repeats a fault of its own for the same key; the next try needs another.
    attempt = models.PositiveIntegerField(default=1)
    refund_ref = models.CharField(max_length=255, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()

    objects = RefundOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refund_order_is_positive", condition=Q(amount_minor__gt=0)
            ),
            has_currency("refund_order_has_a_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.donation}: {self.amount_minor} {self.currency}"

    @property
    def money(self) -> Money:
        """How much."""
        return Money(self.amount_minor, self.currency)

    def mark_made(self, *, ref: str) -> None:
        """The provider has it, under this name."""
        self.state, self.refund_ref, self.problem = self.State.MADE, ref, ""
        self.save(update_fields=["state", "refund_ref", "problem"])

    def mark_refused(self, *, problem: str) -> None:
        """The provider said no; what it has told of since stands."""
        still = RefundOrder.objects.open().filter(pk=self.pk)
        if still.update(state=self.State.REFUSED, problem=problem[:300]):
            self.state, self.problem = self.State.REFUSED, problem[:300]

    def mark_unanswered(self, *, problem: str, is_spent: bool) -> None:
        """It may have been carried out, or not."""
        self.problem = problem[:300]
        self.attempt += is_spent
        self.save(update_fields=["problem", "attempt"])
