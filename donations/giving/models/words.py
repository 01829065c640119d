"""What the models of giving share."""

import secrets

from django.db import models
from django.db.models import Q


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
    # Not offered by us; staff can make it so at the provider.
    OTHER = "other", "in a rhythm of its own"


class Method(models.TextChoices):
    """How it is paid."""

    CARD = "card", "card"
    PAYPAL = "paypal", "PayPal"
