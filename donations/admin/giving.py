"""Who gave, and what."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import (
    Article,
    Attribution,
    Consent,
    Dispute,
    Donation,
    Pledge,
    Refund,
    Subscription,
    Supporter,
)


@admin.register(Supporter)
class SupporterAdmin(ReadOnlyAdmin):
    """People, found by address or name."""

    list_display = ("email", "name", "language", "created_at")
    list_filter = ("language",)
    search_fields = ("email", "name")
    ordering = ("-created_at", "-pk")


@admin.register(Pledge)
class PledgeAdmin(ReadOnlyAdmin):
    """What readers set out to give."""

    list_display = ("created_at", "supporter", "amount", "interval", "method", "status")
    list_filter = ("status", "method", "interval", "currency", "language")
    list_select_related = ("supporter",)
    search_fields = ("token", "code", "checkout_ref", "name", "supporter__email")
    ordering = ("-created_at", "-pk")
    exclude = ("fingerprint", "checkout_url")


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """Agreements to give again."""

    list_display = ("created_at", "supporter", "amount", "interval", "status", "period_end")
    list_filter = ("status", "interval", "currency", "gateway")
    list_select_related = ("supporter",)
    search_fields = ("gateway_ref", "customer_ref", "supporter__email", "supporter__name")
    ordering = ("-created_at", "-pk")
    # The token opens the supporter's own page: it is theirs.
    exclude = ("token",)


@admin.register(Donation)
class DonationAdmin(ReadOnlyAdmin):
    """Payments that arrived."""

    list_display = ("received_at", "supporter", "payer_name", "amount", "gateway", "gateway_ref")
    list_filter = ("gateway", "currency", "is_left_alone", "is_from_file")
    list_select_related = ("supporter",)
    search_fields = (
        *("gateway_ref", "payment_ref", "payer_email", "payer_name"),
        *("supporter__email", "supporter__name"),
    )
    date_hierarchy = "received_at"
    ordering = ("-received_at", "-pk")


@admin.register(Attribution)
class AttributionAdmin(ReadOnlyAdmin):
    """Whose a gift is, as staff decided; undone on the desk."""

    list_display = ("at", "donation", "action", "supporter", "by", "undone_at")
    list_filter = ("action",)
    list_select_related = ("donation", "supporter", "by")
    search_fields = ("donation__gateway_ref", "supporter__email", "by__email")
    ordering = ("-at", "-pk")


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    """Money that went back."""

    list_display = ("refunded_at", "donation", "amount", "status")
    list_filter = ("status", "gateway")
    list_select_related = ("donation",)
    search_fields = ("gateway_ref", "donation__gateway_ref", "donation__payment_ref")
    ordering = ("-refunded_at", "-pk")


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """Payments contested at a bank."""

    list_display = ("opened_at", "donation", "amount", "status", "reason", "due_by")
    list_filter = ("status", "reason")
    list_select_related = ("donation",)
    search_fields = ("gateway_ref", "donation__gateway_ref", "donation__payment_ref")
    ordering = ("-opened_at", "-pk")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """What was agreed to, in which words."""

    list_display = ("at", "supporter", "purpose", "granted", "source")
    list_filter = ("purpose", "granted")
    list_select_related = ("supporter",)
    search_fields = ("supporter__email",)
    ordering = ("-at", "-pk")


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    """Where gifts were earned."""

    list_display = ("url", "title", "first_seen_at")
    search_fields = ("url", "title")
    ordering = ("-first_seen_at", "-pk")
