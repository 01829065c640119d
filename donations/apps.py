"""The app's place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DonationsConfig(AppConfig):
    """Everything that Footnote stores and does."""

    name = "donations"
    verbose_name = _("Reader support")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what third parties signal; models have to be there before that."""
        autodiscover_modules("receivers")
