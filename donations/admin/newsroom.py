"""What staff may change here: the newsroom's own words and its staff."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from donations.admin.readonly import HTTPS
from donations.models import Outlet, OutletText, User


class OutletTextInline(admin.StackedInline):
    """One for each language."""

    model = OutletText
    extra = 0


class OutletForm(forms.ModelForm):
    """Says what is not plain from a field's name."""

    class Meta:
        labels: ClassVar = {"needs_four_eyes": _("Four eyes")}
        help_texts: ClassVar = {
            "needs_four_eyes": _(
                "A broadcast leaves only when somebody else than its author has approved it."
            ),
        }


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):
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
class UserAdmin(DjangoUserAdmin):
    """Logins, by e-mail."""

    list_display = ("email", "first_name", "last_name", "is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Personal info"), {"fields": ("first_name", "last_name")}),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "usable_password", "password1", "password2"),
            },
        ),
    )
