"""Figures and times as the staff desk shows them."""

from datetime import datetime, timedelta

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal, get_currency_name
from babel.units import format_unit
from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from donations import money as amounts
from donations.days import VARIANTS, format_day
from donations.money import Money
from donations.sections.models import Section
from donations.templatetags.footnote import language

register = template.Library()
DECISION, ALIKE = "decision-", "alike-"
# What is older is told by its date.
RECENT = timedelta(days=7)


@register.filter
def figure(value: int) -> str:
    """A count, with its thousands apart: 12,345."""
    return format_decimal(value, locale=language())


@register.filter
def called(section: Section) -> str:
    """Its name in the colleague's language."""
    return section.name(language())


@register.filter
def language_called(code: str) -> str:
    """Romanian, for ro; a code that nobody speaks any more stays as it is."""
    return str(dict(settings.LANGUAGES).get(code, code))


@register.filter
def file_size(octets: int) -> str:
    """1.5 MB, as the language writes it."""
    large = octets >= 1_000_000
    value = round(octets / (1_000_000 if large else 1_000), 1)
    unit = "digital-megabyte" if large else "digital-kilobyte"
    return format_unit(value, unit, "short", locale=language())


@register.filter
def exactly(value: Money) -> str:
    """An amount in a column: every decimal, and the currency's code."""
    return amounts.format_exactly(value, language())


@register.filter
def currency_name(code: str) -> str:
    """The currency in words: US Dollar."""
    return get_currency_name(code, locale=language())


@register.filter
def moment(value: datetime) -> str:
    """The exact time: 3 May 2026, 14:05:10."""
    spoken = VARIANTS.get(language(), language())
    return format_datetime(localtime(value), "medium", locale=spoken)


@register.filter
def when(value: datetime) -> SafeString:
    """2 hours ago, or the day; the exact time on hover."""
    past = value - timezone.now()
    if abs(past) < RECENT:
        shown = format_timedelta(past, add_direction=True, locale=language())
    else:
        shown = format_day(localtime(value), language())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), moment(value), shown
    )


@register.filter
def before(value: datetime, event: datetime) -> str:
    """How long before something it was: 2 hours."""
    return format_timedelta(event - value, locale=language())


@register.filter
def decision(message: Message) -> str:
    """The decision that a message tells of, for the button that takes it back; blank for none."""
    return tagged(message, DECISION)


@register.filter
def alike(message: Message) -> int:
    """How many more gifts of the same payer may be decided alike."""
    return int(tagged(message, ALIKE) or 0)


def tagged(message: Message, prefix: str) -> str:
    """What a message carries under a name."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)), "")
