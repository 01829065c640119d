"""Rates that colleagues entered: never edited, only withdrawn."""

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, QuerySet

from donations.appending import AppendOnly
from donations.rates.figures import DECIMALS, figure


class ExchangeRate(AppendOnly):
    """One unit of `currency` was worth `rate` of `worth_in` on a day, says `source`.

    It holds from that day until a newer one of the same two. Kept as a whole number, since SQLite
    keeps decimals as floats: `hundred_millionths` is the rate times 10 to the power of 8.
    """

    currency = models.CharField(max_length=3)
    worth_in = models.CharField(max_length=3)
    hundred_millionths = models.BigIntegerField()
    on = models.DateField()
    source = models.CharField(max_length=100)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exchange_rate_is_positive", condition=Q(hundred_millionths__gt=0)
            ),
            models.CheckConstraint(
                name="exchange_rate_of_two_currencies", condition=~Q(currency=F("worth_in"))
            ),
            models.CheckConstraint(
                name="exchange_rate_names_both", condition=~Q(currency="") & ~Q(worth_in="")
            ),
            models.CheckConstraint(name="exchange_rate_has_a_source", condition=~Q(source="")),
            # What is wrong is withdrawn before another takes its place: no two compete for a day.
            models.UniqueConstraint(
                name="exchange_rate_once_a_day",
                fields=["currency", "worth_in", "on"],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {figure(self.rate)} {self.worth_in}, {self.on}"

    @property
    def rate(self) -> Decimal:
        """Exactly as it was entered."""
        return Decimal(self.hundred_millionths).scaleb(-DECIMALS)

    def mark_withdrawn(self, *, at: datetime) -> bool:
        """The one change that there is; False when it was so before."""
        rows: QuerySet[ExchangeRate] = QuerySet(ExchangeRate).filter(pk=self.pk, withdrawn_at=None)
        if not rows.update(withdrawn_at=at):
            return False
        self.withdrawn_at = at
        return True
