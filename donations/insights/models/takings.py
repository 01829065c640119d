"""What came in and what went back, by day and by month."""

from django.db import models


class Dimension(models.TextChoices):
    """What takings are divided by. Each division adds up to that of all."""

    ALL = "all", "all"
    GATEWAY = "gateway", "how it was paid"
    LANGUAGE = "language", "language of the page"
    ARTICLE = "article", "article"
    CAMPAIGN = "campaign", "campaign"
    KIND = "kind", "one-off, first or further instalment"


class Takings(models.Model):
    """The takings of a currency in a span that begins `on` a day, for one value of a dimension.

    A value that is blank is what has none: a gift of no article, of no form of ours.
    """

    on = models.DateField()
    currency = models.CharField(max_length=3)
    dimension = models.CharField(max_length=8, choices=Dimension)
    value = models.CharField(max_length=210, blank=True)
    once = models.PositiveIntegerField()
    once_minor = models.BigIntegerField()
    first = models.PositiveIntegerField()
    first_minor = models.BigIntegerField()
    renewals = models.PositiveIntegerField()
    renewals_minor = models.BigIntegerField()
    returned_minor = models.BigIntegerField()
    fees_minor = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.on} {self.currency} {self.dimension} {self.value}"


class DayTotal(Takings):
    """Of a day."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="day_total_once", fields=["dimension", "currency", "on", "value"]
            )
        ]
        indexes = [models.Index(name="day_total_of_day", fields=["on"])]


class MonthTotal(Takings):
    """Of a month, the sum of its days."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="month_total_once", fields=["dimension", "currency", "on", "value"]
            )
        ]
        indexes = [models.Index(name="month_total_of_month", fields=["on"])]
