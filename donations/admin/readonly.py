"""Records that may be looked at and found, and nothing else."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, URLField
from django.http import HttpRequest

from donations.admin.keeping import KeptAdmin
from donations.money import Money, format_exactly

# Django 6.0's default, already: an address typed without a scheme is https.
HTTPS: dict[Any, Any] = {URLField: {"assume_scheme": "https"}}


class ReadOnlyAdmin(KeptAdmin):
    """No adding, no changing, no deleting: corrections are made by the domain's operations."""

    formfield_overrides = HTTPS
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    @admin.display(description="amount", ordering="amount_minor")
    def amount(self, obj: Any) -> str:
        """With its currency, as on a receipt."""
        return format_exactly(Money(obj.amount_minor, obj.currency), "en")
