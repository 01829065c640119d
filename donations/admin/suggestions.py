"""What readers ask for, and who backs it. It is decided at the desk."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Suggestion, Vote


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnlyAdmin):
    """With whoever suggested it, which readers never see."""

    list_display = ("created_at", "title", "supporter", "language", "state", "is_hidden", "told_at")
    list_filter = ("state", "is_hidden", "language")
    list_select_related = ("supporter",)
    search_fields = ("title", "details", "supporter__email", "supporter__name")
    ordering = ("-created_at", "-pk")


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    """One of each supporter; merging moves it to where it counts."""

    list_display = ("at", "suggestion", "cast_for", "supporter")
    list_select_related = ("suggestion", "cast_for", "supporter")
    search_fields = ("suggestion__title", "supporter__email")
    ordering = ("-at", "-pk")
