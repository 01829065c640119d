"""What the lists call things."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.insights.models import Standing

Kind = Standing.Kind
KINDS: Mapping[str, Promise] = {
    Kind.REGULAR: _("gives regularly"),
    Kind.TROUBLED: _("a payment failed"),
    Kind.PAUSED: _("paused"),
    Kind.LAPSED: _("used to give regularly"),
    Kind.ONCE: _("gave once or now and then"),
    Kind.NONE: _("has not given yet"),
}
GATEWAYS: Mapping[str, Promise | str] = {
    "stripe": _("card"),
    "paypal": "PayPal",
    "manual": _("cash or transfer"),
}
ONCE, FIRST, RENEWAL = "once", "first", "renewal"
GIFTS: Mapping[str, Promise] = {
    ONCE: _("one-off"),
    FIRST: _("first instalment"),
    RENEWAL: _("renewal"),
}
REFUNDED, DISPUTED, FAILED = "refunded", "disputed", "failed"
STATES: Mapping[str, Promise] = {
    REFUNDED: _("refunded"),
    DISPUTED: _("disputed"),
    FAILED: _("refund failed"),
}


def yes_or_no(*, is_so: bool) -> str:
    """In words."""
    return gettext("yes") if is_so else gettext("no")
