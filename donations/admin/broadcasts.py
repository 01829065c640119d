"""Mailings, who got them, and how fast they may leave."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import Broadcast, Bucket, Delivery, Domain, Edition


@admin.register(Broadcast)
class BroadcastAdmin(ReadOnlyAdmin):
    """Written, sent and steered on the desk."""

    list_display = ("pk", "topic", "state", "send_at", "recipient_count", "author", "approved_by")
    list_filter = ("state",)
    list_select_related = ("topic", "author", "approved_by")
    ordering = ("-pk",)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """What a broadcast says in one language, as it was frozen."""

    list_display = ("broadcast", "language", "frozen_subject")
    list_filter = ("language",)
    ordering = ("-broadcast", "language")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """One row for each recipient, and for each who was left out."""

    list_display = ("pk", "broadcast", "email", "language", "state", "reason", "sent_at")
    list_filter = ("state", "reason", "language")
    search_fields = ("=email",)
    ordering = ("-pk",)
    exclude = ("claim",)


@admin.register(Bucket)
class BucketAdmin(ReadOnlyAdmin):
    """How many mails of a stream may leave in a minute; set on the desk."""

    list_display = ("name", "per_minute", "tokens", "filled_at")
    ordering = ("name",)


@admin.register(Domain)
class DomainAdmin(ReadOnlyAdmin):
    """Receiving domains that gave trouble."""

    list_display = ("name", "troubles", "rests_until", "last_reply")
    search_fields = ("name",)
    ordering = ("-troubles", "name")
