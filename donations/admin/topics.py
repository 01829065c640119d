"""What the newsroom took up. It is written on the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Picture, Topic, TopicText


@admin.register(Topic)
class TopicAdmin(ReadOnlyAdmin):
    """Drafts and published ones, newest first."""

    list_display = ("slug", "section", "state", "language", "published_at", "supporters_count")
    list_filter = ("state", "section", "language")
    list_select_related = ("section",)
    search_fields = ("slug", "texts__title")
    ordering = ("-created_at", "-pk")


@admin.register(TopicText)
class TopicTextAdmin(ReadOnlyAdmin):
    """A row for each language of a topic."""

    list_display = ("title", "language", "topic")
    list_filter = ("language",)
    list_select_related = ("topic",)
    search_fields = ("title", "summary", "topic__slug")
    ordering = ("-pk",)


@admin.register(Picture)
class PictureAdmin(ReadOnlyAdmin):
    """Without their bytes. One that has to go is deleted here, once no topic shows it."""

    list_display = ("digest", "width", "height", "content_type", "created_at")
    search_fields = ("digest", "topics__slug")
    ordering = ("-created_at", "-pk")
    exclude = ("data",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Picture]:
        """A list of them must not read them."""
        return Picture.objects.defer("data")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who has the right to: it may turn out that a picture was not the newsroom's to show."""
        return request.user.has_perm("donations.delete_picture")
