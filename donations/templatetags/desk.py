"""Figures and times as the staff desk shows them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

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
from donations.rates.figures import format_rate
from donations.sections.models import Section
from donations.templatetags.footnote import language

register = template.Library()
DECISION, ALIKE = "decision-", "alike-"
SIZES = (("gigabyte", 1_000_000_000), ("megabyte", 1_000_000), ("kilobyte", 1_000))
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
    name, unit = next(each for each in SIZES if octets >= each[1] or each is SIZES[-1])
    return format_unit(round(octets / unit, 1), f"digital-{name}", "short", locale=language())


@register.filter
def exactly(value: Money) -> str:
    """An amount in a column: every decimal, and the currency's code."""
    return amounts.format_exactly(value, language())


@register.filter
def rate(value: Decimal) -> str:
    """An exchange rate with every decimal that it has: 0.86."""
    return format_rate(value, language())


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
    exact = value.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', exact, moment(value), shown)


@register.filter
def before(value: datetime, event: datetime) -> str:
    """How long before something it was: 2 hours."""
    return format_timedelta(event - value, locale=language())


@register.filter
def on_day(value: date) -> str:
    """A day that is no moment: 3 May 2026."""
    return format_day(value, language())


@register.filter
def lasting(value: timedelta) -> str:
    """How long: 3 days."""
    return format_timedelta(value, locale=language())


@register.filter
def decision(message: Message) -> str:
    """The decision that a message tells of, for the button that takes it back; blank for none."""
    return tagged(message, DECISION)


@register.filter
def alike(message: Message) -> int:
    """How many more gifts of the same payer may be decided alike."""
    return int(tagged(message, ALIKE) or 0)


# What a browser calls itself, and what people call it; the first that fits.
BROWSERS = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome")),
    *(("CriOS/", "Chrome"), ("FxiOS/", "Firefox"), ("Safari/", "Safari")),
)
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


@register.filter
def browser(agent: str) -> str:
    """Firefox, Linux; what is none of these, in its own words."""
    names = [next((n for sign, n in each if sign in agent), "") for each in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or agent[:60] or "—"


def tagged(message: Message, prefix: str) -> str:
    """What a message carries under a name."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)), "")
