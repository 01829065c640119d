"""What a subscription was at a moment, as it was told."""

from django.db import models

from donations.giving.models.subscription import Subscription
from donations.giving.models.words import Interval


class Reading(models.Model):
    """One moment of a subscription. Kept for ever, in whatever order they are told.

    What is blank or None was not told. With `is_guess` the amount is one that was paid: it stands
    for the terms while nobody has told them.
    """

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="readings"
    )
    told_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Subscription.Status, blank=True)
    amount_minor = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    interval = models.CharField(max_length=5, choices=Interval, blank=True)
    is_guess = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reading_kept_once", fields=["subscription", "told_at"])
        ]

    def __str__(self) -> str:
        return f"{self.subscription} at {self.told_at:%Y-%m-%d %H:%M}"
