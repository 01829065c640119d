"""Words of the account."""

from datetime import datetime
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from donations.giving.models import Donation, Interval
from donations.outlet import queries as outlets
from donations.outlet.queries import OutletFacts
from donations.templatetags.footnote import day

register = template.Library()


@register.filter
def in_words(state: tuple[Promise, datetime | None]) -> str:
    """How an agreement stands, with its day where there is one."""
    sentence, at = state
    return str(sentence) % {"day": day(at)} if at else str(sentence)


@register.filter
def sort_of_gift(donation: Donation) -> str:
    """By itself, or a part of something that goes on."""
    if donation.subscription is None:
        return _("once")
    words = {Interval.MONTH.value: _("monthly support"), Interval.YEAR.value: _("yearly support")}
    return words.get(donation.subscription.interval, _("regular support"))


@register.simple_tag
def door_addresses(path: str) -> dict[str, str]:
    """A page of the sign-in in each language, leading to the account in that language."""
    return {
        code: f"{path}?{urlencode({'next': reverse('account', args=[code])})}"
        for code, _name in settings.LANGUAGES
    }


@register.simple_tag
def newsroom() -> OutletFacts:
    """Whose pages these are, for those that allauth shows."""
    return outlets.current()
