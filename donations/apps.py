"""The app's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DonationsConfig(AppConfig):
    """Everything that Footnote stores and does."""

    name = "donations"
    verbose_name = _("Reader support")
    default_auto_field = "django.db.models.BigAutoField"
