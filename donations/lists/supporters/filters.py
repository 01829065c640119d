"""Which supporters."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from donations.insights.models import SupporterTotal
from donations.lists.asking import Filter, after_day, from_day, on_day, spoken
from donations.lists.words import KINDS
from donations.sections.models import Follow

FOLLOWS = Follow.objects.active().filter(supporter=OuterRef("pk"))


def gave(currency: str, **more: Any) -> Q:
    """Whose gifts in a currency come to so much."""
    totals = SupporterTotal.objects.filter(supporter=OuterRef("pk"), currency=currency, **more)
    return Q(Exists(totals))


def last_gift(**limit: Any) -> Q:
    """By their last gift. What the list is ordered by is the same moment: there its pages begin."""
    [(lookup, moment)] = limit.items()
    columns = ("last_gift_at", "latest_at")
    return Q(**{f"standing__{column}__{lookup}": moment for column in columns})


FILTERS = (
    Filter(
        name="kind",
        where=lambda kind, _told: Q(standing__kind=kind),
        says=lambda kind, _told: str(KINDS[kind]),
    ),
    Filter(
        name="language",
        where=lambda code, _told: Q(language=code),
        says=lambda code, _told: str(dict(settings.LANGUAGES)[code]),
    ),
    Filter(
        name="currency",
        where=lambda code, told: Q() if "given" in told else gave(code),
        says=lambda code, _told: _("gave in %(currency)s") % {"currency": code},
    ),
    Filter(
        name="given",
        where=lambda least, _told: gave(least.currency, given_minor__gte=least.minor),
        says=lambda least, _told: _("gave %(amount)s or more") % {"amount": spoken(least)},
    ),
    Filter(
        name="last_from",
        where=lambda day, _told: last_gift(gte=from_day(day)),
        says=lambda day, _told: _("last gift since %(day)s") % {"day": on_day(day)},
    ),
    Filter(
        name="last_to",
        where=lambda day, _told: last_gift(lt=after_day(day)),
        says=lambda day, _told: _("no gift after %(day)s") % {"day": on_day(day)},
    ),
    Filter(
        name="first_from",
        where=lambda day, _told: Q(standing__first_gift_at__gte=from_day(day)),
        says=lambda day, _told: _("first gift since %(day)s") % {"day": on_day(day)},
    ),
    Filter(
        name="first_to",
        where=lambda day, _told: Q(standing__first_gift_at__lt=after_day(day)),
        says=lambda day, _told: _("first gift up to %(day)s") % {"day": on_day(day)},
    ),
    Filter(
        name="topics",
        where=lambda _yes, _told: Q(Exists(FOLLOWS)),
        says=lambda _yes, _told: _("gets mail about topics"),
    ),
    Filter(
        name="login",
        where=lambda _yes, _told: Q(user__isnull=False),
        says=lambda _yes, _told: _("has a login"),
    ),
    Filter(
        name="unproved",
        where=lambda _yes, _told: Q(proved_at=None),
        says=lambda _yes, _told: _("address not proved"),
    ),
)
