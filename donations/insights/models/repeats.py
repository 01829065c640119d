"""One-off gifts of the same people, month by month."""

from django.db import models

from donations.supporters.models import Supporter


class GiftMonth(models.Model):
    """A month in which a supporter gave one-off: how often, how often before, and when last."""

    # Without a constraint: of somebody who was erased the next count has to see which months.
    supporter = models.ForeignKey(
        Supporter, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    currency = models.CharField(max_length=3)
    month = models.DateField()
    gifts = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    previous = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="gift_month_once", fields=["supporter", "currency", "month"]
            )
        ]
        indexes = [models.Index(name="gift_month_by_month", fields=["month"])]

    def __str__(self) -> str:
        return f"{self.supporter_id} {self.month:%Y-%m} {self.gifts}"


class RepeatTotal(models.Model):
    """The people of a month who gave last in `previous`, or never before.

    `at_once` are those who gave twice in their very first month, `second` those whose only gift so
    far was that of `previous`. So the people of any whole months can be told apart, each once.
    """

    currency = models.CharField(max_length=3)
    month = models.DateField()
    previous = models.DateField(null=True)
    people = models.PositiveIntegerField()
    at_once = models.PositiveIntegerField()
    second = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(name="repeat_total_by_month", fields=["currency", "month"])]

    def __str__(self) -> str:
        return f"{self.currency} {self.month:%Y-%m} {self.people}"
