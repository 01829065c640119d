"""The newsroom: who asks, in which words, in which currencies."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from donations.outlet import validators

ISO_CODE = RegexValidator(r"^[A-Z]{3}\Z")
MERCHANT_ID = RegexValidator(r"^[A-Z0-9]{13}\Z")
HANDLE = RegexValidator(r"^[A-Za-z0-9]{1,20}\Z")


class Outlet(models.Model):
    """The newsroom. One row, edited by staff.

    `presets` offers amounts in minor units: {"EUR": {"once": [500, 1000], "month": […]}}.
    `paypal_links` replaces the templates of PayPal's links, by rhythm or "me" (gateways/paypal).
    """

    name = models.CharField(max_length=100)
    website = models.URLField(blank=True)
    contact_email = models.EmailField()
    postal_address = models.CharField(max_length=300, blank=True)
    # Who stands on receipts; blank: the newsroom's own name.
    legal_name = models.CharField(max_length=200, blank=True)
    # How its country registered it: "IDNO 1012600012345".
    registration = models.CharField(max_length=200, blank=True)
    # How long before a yearly payment its supporter is told of it.
    renewal_notice_days = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(7), MaxValueValidator(60)]
    )
    paypal_email = models.EmailField(blank=True)
    paypal_handle = models.CharField(max_length=20, blank=True, validators=[HANDLE])
    paypal_merchant_id = models.CharField(max_length=20, blank=True, validators=[MERCHANT_ID])
    paypal_links = models.JSONField(
        default=dict, blank=True, validators=[validators.link_templates]
    )
    card_currencies = models.JSONField(default=list, validators=[validators.currency_list])
    paypal_currencies = models.JSONField(default=list, validators=[validators.currency_list])
    presets = models.JSONField(default=dict, validators=[validators.presets])
    minimums = models.JSONField(
        default=dict, blank=True, validators=[validators.amounts_by_currency]
    )
    goal_minor = models.PositiveBigIntegerField(null=True, blank=True)
    goal_currency = models.CharField(max_length=3, blank=True, validators=[ISO_CODE])
    # A mailing to many leaves only when somebody else than its author has approved it.
    needs_four_eyes = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="outlet_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="outlet_goal_has_a_currency",
                condition=Q(goal_minor__isnull=True) | ~Q(goal_currency=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OutletText(models.Model):
    """What the newsroom says of itself, one row for each language."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    mission = models.CharField(max_length=300)
    promise = models.CharField(max_length=300)
    about = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="outlet_speaks_once_per_language", fields=["outlet", "language"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.outlet} ({self.language})"
