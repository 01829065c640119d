"""Mail that went out, or waits."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Message


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    """One row per letter."""

    list_display = ("created_at", "kind", "to", "language", "state", "sent_at", "attempts")
    list_filter = ("state", "kind", "language")
    search_fields = ("key", "to")
    ordering = ("-created_at", "-pk")
    # What a letter said may hold the link to the supporter's own page: it is theirs.
    exclude = ("context", "claim")
