"""The ledger, and what providers told."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import ActivityFile, InboundEvent, Line, Posting


class LineInline(admin.TabularInline):
    """The lines of a posting."""

    model = Line
    extra = 0
    fields = ("account", "amount_minor", "currency")
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    """Double entry, newest first."""

    list_display = ("reference", "at", "recorded_at")
    search_fields = ("reference",)
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    inlines = (LineInline,)


@admin.register(InboundEvent)
class InboundEventAdmin(ReadOnlyAdmin):
    """Notifications as they came, and what they were understood to say."""

    list_display = ("event_id", "gateway", "kind", "state", "attempts", "received_at")
    list_filter = ("state", "gateway", "kind")
    search_fields = ("event_id",)
    ordering = ("-received_at", "-pk")
    fields = (
        ("gateway", "event_id", "kind"),
        ("state", "attempts", "next_attempt_at"),
        ("received_at", "processed_at"),
        "facts",
        "error",
        "text",
    )

    @admin.display(description="body")
    def text(self, obj: InboundEvent) -> str:
        """The bytes, readable."""
        return bytes(obj.body).decode("utf-8", errors="replace")

    def get_queryset(self, request: HttpRequest) -> QuerySet[InboundEvent]:
        """Bodies are large: the list does without them."""
        return InboundEvent.objects.defer("body", "facts")


@admin.register(ActivityFile)
class ActivityFileAdmin(ReadOnlyAdmin):
    """Downloads from PayPal that staff handed in, and what became of them."""

    list_display = ("uploaded_at", "name", "state", "size", "uploaded_by", "finished_at")
    list_filter = ("state",)
    list_select_related = ("uploaded_by",)
    search_fields = ("name", "uploaded_by__email")
    ordering = ("-uploaded_at", "-pk")
