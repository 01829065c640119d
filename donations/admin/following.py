"""Who hears about what. Sections are named, ordered and closed on the desk."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Follow, Section


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    """What topics are published under, in the order of the pages."""

    list_display = ("slug", "names", "position", "is_open")
    list_filter = ("is_open",)
    search_fields = ("slug", "names")
    ordering = ("position", "pk")


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    """Choices of supporters; theirs to change, each with its consent."""

    list_display = ("asked_at", "supporter", "section", "language", "confirmed_at", "ended_at")
    list_filter = ("language", "section")
    list_select_related = ("supporter", "section")
    search_fields = ("supporter__email", "supporter__name")
    ordering = ("-asked_at", "-pk")
