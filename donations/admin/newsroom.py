"""What staff may change here: the newsroom's own words and its staff."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from donations.admin.keeping import KeptAdmin
from donations.admin.readonly import HTTPS, ReadOnlyAdmin
from donations.models import ExchangeRate, Outlet, OutletText, User


class OutletTextInline(admin.StackedInline):
    """One for each language."""

    model = OutletText
    extra = 0


class OutletForm(forms.ModelForm):
    """Says what is not plain from a field's name."""

    class Meta:
        labels: ClassVar = {
            "needs_four_eyes": _("Four eyes"),
            "legal_name": _("Legal name"),
            "registration": _("Registration or tax number"),
            "renewal_notice_days": _("Days of notice before a yearly payment"),
        }
        help_texts: ClassVar = {
            "legal_name": _("Stands on receipts. Blank: the newsroom’s name."),
            "registration": _("A line below it, with the word for it: IDNO 1012600012345."),
            "renewal_notice_days": _("Supporters who give every year are told so early."),
            "needs_four_eyes": _(
                "A broadcast leaves only when somebody else than its author has approved it."
            ),
        }


@admin.register(Outlet)
class OutletAdmin(KeptAdmin):
    """One row; pages show a change within a minute."""

    form = OutletForm
    formfield_overrides = HTTPS
    inlines = (OutletTextInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one newsroom."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is one newsroom."""
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Logins, by e-mail. Colleagues are invited, and change their role, at the desk."""

    list_display = ("email", "first_name", "role", "is_staff", "is_active", "last_login")
    list_filter = ("role", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    fields = (
        ("email", "first_name", "last_name"),
        ("role", "is_superuser", "is_staff", "is_active"),
        ("language", "wants_digest"),
        ("last_login", "date_joined"),
    )


@admin.register(ExchangeRate)
class ExchangeRateAdmin(ReadOnlyAdmin):
    """Withdrawn ones too."""

    list_display = ("on", "currency", "rate", "worth_in", "source", "entered_at", "withdrawn_at")
    list_filter = ("currency", "worth_in")
    search_fields = ("source",)
    fields = (*list_display, "hundred_millionths")
    ordering = ("-pk",)
