"""What colleagues did, and who was asked to come. The desk shows it in words."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Change, Invitation, SignIn


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Written once."""

    list_display = ("at", "by_email", "what", "about_kind", "about_name")
    list_filter = ("about_kind",)
    list_select_related = ("by", "supporter")
    search_fields = ("by_email", "what", "about_name")
    ordering = ("-pk",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Without the link: that is in the letter alone."""

    list_display = ("created_at", "email", "role", "invited_by", "accepted_at", "withdrawn_at")
    list_select_related = ("invited_by",)
    search_fields = ("email",)
    ordering = ("-pk",)
    exclude = ("nonce",)


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin):
    """Without the key: whoever has it is signed in."""

    list_display = ("seen_at", "user", "browser", "place", "at")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-seen_at", "-pk")
    exclude = ("session_key",)
