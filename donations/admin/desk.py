"""What the desk keeps for itself: notes, merges, orders, readings, views, files, looks."""

from django.contrib import admin

from donations.admin.readonly import ReadOnlyAdmin
from donations.models import (
    AddressChange,
    Alarm,
    BalanceComparison,
    Comparison,
    DayComparison,
    Erasure,
    Export,
    Heartbeat,
    Merge,
    Note,
    NotOurs,
    Payout,
    Reading,
    RefundOrder,
    SavedView,
    Standing,
    SupporterTotal,
)


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    """Withdrawn ones too."""

    list_display = ("at", "by_email", "supporter", "withdrawn_at")
    list_select_related = ("supporter",)
    search_fields = ("text", "by_email")
    ordering = ("-pk",)


@admin.register(Merge)
class MergeAdmin(ReadOnlyAdmin):
    """Two records that became one."""

    list_display = ("at", "kept", "other", "by", "undone_at")
    list_select_related = ("kept", "other", "by")
    ordering = ("-pk",)


@admin.register(RefundOrder)
class RefundOrderAdmin(ReadOnlyAdmin):
    """What providers were asked to give back."""

    list_display = ("token", "donation", "amount", "state", "attempt")
    list_filter = ("state",)
    list_select_related = ("donation",)
    search_fields = ("token", "donation__gateway_ref")
    ordering = ("-pk",)


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    """What was told of agreements, moment by moment."""

    list_display = ("told_at", "subscription", "status", "interval")
    list_select_related = ("subscription",)
    search_fields = ("subscription__gateway_ref",)
    ordering = ("-pk",)


@admin.register(Payout)
class PayoutAdmin(ReadOnlyAdmin):
    """To the bank."""

    list_display = ("made_at", "gateway_ref", "amount", "status")
    list_filter = ("gateway", "status", "currency")
    search_fields = ("gateway_ref",)
    ordering = ("-made_at", "-pk")


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """Lists as colleagues want to see them again."""

    list_display = ("name", "room", "owner", "is_shared", "changed_at")
    list_select_related = ("owner",)
    ordering = ("-pk",)


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Without what was searched for: that is its owner's."""

    list_display = ("asked_at", "by", "room", "format", "state", "done", "size")
    list_filter = ("state", "room")
    list_select_related = ("by",)
    exclude = ("query", "fingerprint", "claim")
    ordering = ("-pk",)


@admin.register(Comparison)
class ComparisonAdmin(ReadOnlyAdmin):
    """Days that were to be compared."""

    list_display = ("asked_at", "first_day", "last_day", "fetches", "asked_by", "ended_at")
    list_select_related = ("asked_by",)
    ordering = ("-pk",)


@admin.register(DayComparison)
class DayComparisonAdmin(ReadOnlyAdmin):
    """Our sums and the providers'."""

    list_display = ("day", "gateway", "currency", "differences", "wrong_since", "compared_at")
    list_filter = ("gateway", "currency")
    ordering = ("-day", "-pk")


@admin.register(NotOurs)
class NotOursAdmin(ReadOnlyAdmin):
    """What colleagues said is somebody else's, taken back or not."""

    list_display = ("at", "gateway", "ref", "amount_minor", "currency", "by_email", "undone_at")
    search_fields = ("ref", "why")
    ordering = ("-at", "-pk")


@admin.register(BalanceComparison)
class BalanceComparisonAdmin(ReadOnlyAdmin):
    """What stands at providers, and in the books."""

    list_display = ("gateway", "currency", "available_minor", "pending_minor", "ledger_minor")
    ordering = ("gateway", "currency")


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """What runs by the clock."""

    list_display = ("name", "started_at", "ended_at", "failed_at")
    ordering = ("name",)


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin):
    """What was wrong, and how long."""

    list_display = ("kind", "since", "told_at", "ended_at")
    ordering = ("-since", "-pk")


@admin.register(Standing)
class StandingAdmin(ReadOnlyAdmin):
    """How supporters stand."""

    list_display = ("supporter", "kind", "gifts", "last_gift_at")
    list_filter = ("kind",)
    list_select_related = ("supporter",)
    ordering = ("-latest_at",)


@admin.register(SupporterTotal)
class SupporterTotalAdmin(ReadOnlyAdmin):
    """What each gave in a currency."""

    list_display = ("supporter", "currency", "given_minor", "returned_minor", "gifts")
    list_filter = ("currency",)
    list_select_related = ("supporter",)
    ordering = ("-pk",)


@admin.register(AddressChange)
class AddressChangeAdmin(ReadOnlyAdmin):
    """Where supporters want their mail to go."""

    list_display = ("asked_at", "supporter", "old", "new", "confirmed_at", "ended_at")
    list_select_related = ("supporter",)
    ordering = ("-pk",)


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """That somebody was erased, and whether providers have done so too; never who."""

    list_display = ("at", "record", "by", "done_at")
    list_select_related = ("by",)
    exclude = ("customers",)
    ordering = ("-pk",)
