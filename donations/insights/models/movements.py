"""How monthly recurring support moves: of each person, of each day, of each cohort."""

from django.db import models
from django.db.models import Q

from donations.giving.models import Subscription
from donations.supporters.models import Supporter


class Movement(models.Model):
    """What a day did to the monthly recurring support of one person in one currency.

    A person is a supporter, or an agreement of nobody known. Without a currency it is about the
    person: whether they support us regularly in any currency at all; `delta_minor` is then 0.
    These rows are no truth of their own: they are derived again from all that was told, and may
    outlive for a moment what they are about. `cohort` is the month in which the person began.
    """

    class Kind(models.TextChoices):
        """New: from nothing, for the first time. Churned: to nothing. Else it goes up or down."""

        NEW = "new", "new"
        EXPANSION = "expansion", "expansion"
        CONTRACTION = "contraction", "contraction"
        CHURNED = "churned", "churned"
        REACTIVATION = "reactivation", "reactivation"

    supporter = models.ForeignKey(
        Supporter, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    agreement = models.ForeignKey(
        Subscription, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    currency = models.CharField(max_length=3, blank=True)
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    delta_minor = models.BigIntegerField()
    after_minor = models.BigIntegerField()
    cohort = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="movement_of_supporter_once",
                fields=["supporter", "currency", "on"],
                condition=Q(agreement=None),
            ),
            models.UniqueConstraint(
                name="movement_of_agreement_once",
                fields=["agreement", "currency", "on"],
                condition=Q(supporter=None),
            ),
        ]
        indexes = [
            models.Index(name="movement_by_day", fields=["on"]),
            models.Index(
                name="movement_of_people", fields=["on", "cohort"], condition=Q(currency="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.delta_minor} {self.currency}"


class MovementTotal(models.Model):
    """The movements of a day in one currency; without a currency it counts people in any.

    Amounts are positive, whichever way they go.
    """

    on = models.DateField()
    currency = models.CharField(max_length=3, blank=True)
    new_minor = models.BigIntegerField()
    expansion_minor = models.BigIntegerField()
    contraction_minor = models.BigIntegerField()
    churned_minor = models.BigIntegerField()
    reactivation_minor = models.BigIntegerField()
    started = models.PositiveIntegerField()
    stopped = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="movement_total_once", fields=["currency", "on"])
        ]
        indexes = [models.Index(name="movement_total_of_day", fields=["on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.currency}"


class CohortTotal(models.Model):
    """Those who began in a month: how many began, stopped and came back in this or a later one."""

    cohort = models.DateField()
    month = models.DateField()
    started = models.PositiveIntegerField()
    stopped = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cohort_total_once", fields=["cohort", "month"])
        ]

    def __str__(self) -> str:
        return f"{self.cohort:%Y-%m} in {self.month:%Y-%m}"
