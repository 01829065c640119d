"""What active agreements will bring, by the day on which they take money next."""

from django.db import models


class DueTotal(models.Model):
    """The agreements of a rhythm that go on and take money next on a day, in one currency."""

    on = models.DateField()
    currency = models.CharField(max_length=3)
    interval = models.CharField(max_length=5)
    agreements = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="due_total_once", fields=["currency", "on", "interval"])
        ]
        indexes = [models.Index(name="due_total_of_day", fields=["on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.interval} {self.amount_minor} {self.currency}"
