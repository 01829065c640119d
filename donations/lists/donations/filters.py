"""Which donations."""

from collections.abc import Callable, Mapping

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from donations.giving.models import Dispute, Refund
from donations.lists.asking import Filter, after_day, from_day, on_day, spoken
from donations.lists.words import (
    DISPUTED,
    FAILED,
    FIRST,
    GATEWAYS,
    GIFTS,
    ONCE,
    REFUNDED,
    RENEWAL,
    STATES,
)

KIND_OF: Mapping[str, Q] = {
    ONCE: Q(subscription__isnull=True),
    FIRST: Q(subscription__isnull=False, is_first=True),
    RENEWAL: Q(subscription__isnull=False, is_first=False),
}
OF_IT = {"donation": OuterRef("pk")}
WENT_BACK = (Refund.Status.PENDING, Refund.Status.SUCCEEDED)
STATE_OF: Mapping[str, Callable[[], Exists]] = {
    REFUNDED: lambda: Exists(Refund.objects.filter(**OF_IT, status__in=WENT_BACK)),
    DISPUTED: lambda: Exists(Dispute.objects.filter(**OF_IT)),
    FAILED: lambda: Exists(Refund.objects.filter(**OF_IT, status=Refund.Status.FAILED)),
}
FILTERS = (
    Filter(
        name="currency",
        where=lambda code, _told: Q(currency=code),
        says=lambda code, _told: _("in %(currency)s") % {"currency": code},
    ),
    Filter(
        name="least",
        where=lambda least, _told: Q(amount_minor__gte=least.minor),
        says=lambda least, _told: _("%(amount)s or more") % {"amount": spoken(least)},
    ),
    Filter(
        name="most",
        where=lambda most, _told: Q(amount_minor__lte=most.minor),
        says=lambda most, _told: _("%(amount)s or less") % {"amount": spoken(most)},
    ),
    Filter(
        name="method",
        where=lambda gateway, _told: Q(gateway=gateway),
        says=lambda gateway, _told: str(GATEWAYS[gateway]),
    ),
    Filter(
        name="kind",
        where=lambda kind, _told: KIND_OF[kind],
        says=lambda kind, _told: str(GIFTS[kind]),
    ),
    Filter(
        name="since",
        where=lambda day, _told: Q(received_at__gte=from_day(day)),
        says=lambda day, _told: _("since %(day)s") % {"day": on_day(day)},
    ),
    Filter(
        name="until",
        where=lambda day, _told: Q(received_at__lt=after_day(day)),
        says=lambda day, _told: _("up to %(day)s") % {"day": on_day(day)},
    ),
    Filter(
        name="article",
        where=lambda article, _told: Q(article=article),
        says=lambda article, _told: _("from “%(article)s”") % {"article": article},
    ),
    Filter(
        name="campaign",
        where=lambda campaign, _told: Q(pledge__utm_campaign=campaign),
        says=lambda campaign, _told: _("campaign %(campaign)s") % {"campaign": campaign},
    ),
    Filter(
        name="state",
        where=lambda state, _told: Q(STATE_OF[state]()),
        says=lambda state, _told: str(STATES[state]),
    ),
    Filter(
        name="nobody",
        where=lambda _yes, _told: Q(supporter=None, is_left_alone=False),
        says=lambda _yes, _told: _("nobody's yet"),
    ),
    Filter(
        name="no_fee",
        where=lambda _yes, _told: Q(fee_minor=None),
        says=lambda _yes, _told: _("fee not known"),
    ),
)
