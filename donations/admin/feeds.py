"""The outlet's feeds, and what came of each entry. They are changed at the desk."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Feed, FeedEntry


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    """How each was asked, and what it said."""

    list_display = ("url", "title", "section", "language", "is_active", "polled_at", "problem")
    list_filter = ("is_active", "language")
    list_select_related = ("section",)
    search_fields = ("url", "title")
    ordering = ("pk",)


@admin.register(FeedEntry)
class FeedEntryAdmin(ReadOnlyAdmin):
    """Those without a topic were there before, or were thrown away."""

    list_display = ("seen_at", "feed", "topic", "entry_id")
    list_select_related = ("feed", "topic")
    search_fields = ("entry_id", "topic__slug")
    ordering = ("-seen_at", "-pk")
