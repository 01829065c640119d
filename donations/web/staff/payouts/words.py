"""Payouts in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.giving.models import Payout, PayoutItem

PROVIDERS: Mapping[str, str] = {"stripe": "Stripe", "paypal": "PayPal"}
STATES: Mapping[str, Promise] = {
    Payout.Status.PENDING: _("being prepared"),
    Payout.Status.IN_TRANSIT: _("on its way"),
    Payout.Status.PAID: _("at the bank"),
    Payout.Status.FAILED: _("came back"),
    Payout.Status.CANCELED: _("called off"),
}
KINDS: Mapping[str, Promise] = {
    PayoutItem.Kind.PAYMENT: _("Gifts"),
    PayoutItem.Kind.REFUND: _("Refunds"),
    PayoutItem.Kind.REFUND_FAILURE: _("Refunds that came back"),
    PayoutItem.Kind.DISPUTE: _("Disputes"),
    PayoutItem.Kind.PAYOUT: _("Payouts"),
    PayoutItem.Kind.PAYOUT_FAILURE: _("Payouts that came back"),
    PayoutItem.Kind.EXCHANGE: _("Currency exchange"),
    PayoutItem.Kind.FEE: _("Fees"),
    PayoutItem.Kind.OTHER: _("Something else"),
}
KIND_OF_ONE: Mapping[str, Promise] = {
    PayoutItem.Kind.PAYMENT: _("Gift"),
    PayoutItem.Kind.REFUND: _("Refund"),
    PayoutItem.Kind.REFUND_FAILURE: _("Refund that came back"),
    PayoutItem.Kind.DISPUTE: _("Dispute"),
    PayoutItem.Kind.PAYOUT: _("Payout"),
    PayoutItem.Kind.PAYOUT_FAILURE: _("Payout that came back"),
    PayoutItem.Kind.EXCHANGE: _("Currency exchange"),
    PayoutItem.Kind.FEE: _("Fee"),
    PayoutItem.Kind.OTHER: _("Something else"),
}
