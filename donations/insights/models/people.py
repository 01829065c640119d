"""People: how they stand, and what they gave."""

from django.db import models

from donations.supporters.models import Supporter


class Standing(models.Model):
    """How a supporter stands: one row for each, whatever the currency."""

    class Kind(models.TextChoices):
        """Regular: an agreement takes money. Troubled: it tries to. Lapsed: it did."""

        REGULAR = "regular", "gives regularly"
        TROUBLED = "troubled", "a payment failed"
        PAUSED = "paused", "paused"
        LAPSED = "lapsed", "used to give regularly"
        ONCE = "once", "gave once or now and then"
        NONE = "none", "has not given yet"

    supporter = models.OneToOneField(
        Supporter, on_delete=models.CASCADE, primary_key=True, related_name="standing"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NONE)
    gifts = models.PositiveIntegerField(default=0)
    first_gift_at = models.DateTimeField(null=True)
    last_gift_at = models.DateTimeField(null=True)
    # The last gift, else when we met them: what lists are ordered by.
    latest_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-latest_at", "-supporter"], name="standing_latest"),
            models.Index(fields=["kind", "-latest_at", "-supporter"], name="standing_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id}: {self.kind}"


class SupporterTotal(models.Model):
    """What a supporter gave in one currency, refunds and lost disputes apart."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="totals")
    currency = models.CharField(max_length=3)
    gifts = models.PositiveIntegerField()
    given_minor = models.BigIntegerField()
    returned_minor = models.BigIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="supporter_total_once", fields=["supporter", "currency"])
        ]
        indexes = [
            models.Index(
                fields=["currency", "-given_minor", "-supporter"], name="supporter_total_most"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id} {self.given_minor} {self.currency}"
