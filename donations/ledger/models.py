"""Postings and their lines: never updated, never deleted."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q


class BooksAreFinal(Exception):
    """Something tried to change or remove what is written in the books."""


class Account(models.TextChoices):
    """Where money can be. Debit is positive, credit negative."""

    STRIPE = "assets:stripe", "Balance at Stripe"
    PAYPAL = "assets:paypal", "Balance at PayPal"
    OUTSIDE = "assets:outside", "Received outside a provider"
    DONATIONS = "income:donations", "Donations"
    REFUNDS = "income:refunds", "Refunds"
    DISPUTES = "income:disputes", "Disputed donations"
    FEES = "expenses:fees", "Fees of providers"
    EXCHANGE = "equity:exchange", "Currency exchange"


class AppendOnly(models.QuerySet[Any]):
    """Refuses what would rewrite history."""

    def update(self, **values: Any) -> NoReturn:
        """Never."""
        raise BooksAreFinal("The books are corrected by a further posting, never by an update.")

    def delete(self) -> NoReturn:
        """Never."""
        raise BooksAreFinal("Nothing is removed from the books.")


class BookEntry(models.Model):
    """Written once."""

    objects = AppendOnly.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise BooksAreFinal("The books are corrected by a further posting, never by an update.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise BooksAreFinal("Nothing is removed from the books.")


class Posting(BookEntry):
    """A set of lines that sums to zero per currency, unique by the provider's reference."""

    reference = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reference


class Line(BookEntry):
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
