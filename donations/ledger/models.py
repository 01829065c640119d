"""Postings and their lines: never updated, never deleted."""

from django.db import models
from django.db.models import Q

from donations.appending import AppendOnly


class Account(models.TextChoices):
    """Where money can be. Debit is positive, credit negative."""

    STRIPE = "assets:stripe", "Balance at Stripe"
    PAYPAL = "assets:paypal", "Balance at PayPal"
    OUTSIDE = "assets:outside", "Received outside a provider"
    BANK = "assets:bank", "Paid out to the bank, or on its way there"
    DONATIONS = "income:donations", "Donations"
    REFUNDS = "income:refunds", "Refunds"
    DISPUTES = "income:disputes", "Disputed donations"
    FEES = "expenses:fees", "Fees of providers"
    EXCHANGE = "equity:exchange", "Currency exchange"


class Posting(AppendOnly):
    """A set of lines that sums to zero per currency, unique by the provider's reference."""

    reference = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class Line(AppendOnly):
    """One account's part of a posting. Debit is positive, credit negative, in minor units."""

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=40, choices=Account)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(name="line_moves_something", condition=~Q(amount_minor=0)),
            models.CheckConstraint(
                name="line_has_a_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]
        indexes = [models.Index(name="line_by_account", fields=["account", "currency"])]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_minor} {self.currency}"
