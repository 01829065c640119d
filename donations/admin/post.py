"""Mail that went out, or waits."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import MailEvent, Message, Suppression


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """One row per letter."""

    list_display = ("created_at", "kind", "to", "language", "state", "sent_at", "attempts")
    list_filter = ("state", "kind", "language")
    search_fields = ("key", "to")
    ordering = ("-created_at", "-pk")
    # What a letter said may hold the link to the supporter's own page: it is theirs.
    exclude = ("context", "claim")


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    """Addresses that are left alone. Who wrote that mail is welcome again is taken off here."""

    list_display = ("at", "email", "reason", "source", "detail")
    list_filter = ("reason", "source")
    search_fields = ("email",)
    ordering = ("-at", "-pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may do it at all."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(MailEvent)
class MailEventAdmin(ReadOnlyAdmin):
    """What providers and the bounce mailbox reported."""

    list_display = ("at", "provider", "kind", "email", "mail", "detail", "processed_at")
    list_filter = ("kind", "provider")
    search_fields = ("email", "mail", "message_id")
    ordering = ("-at", "-pk")
