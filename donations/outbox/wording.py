"""Amounts, dates and names as a letter writes them."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from donations.days import format_day, format_day_of_year
from donations.money import Money, format_exactly, format_money

Facts = list[tuple[str, str]]
Values = dict[str, Any]
RIGHT_TO_LEFT = ("R", "AL", "AN")
# Nothing below the Hebrew block is written that way.
FIRST_RIGHT_TO_LEFT = "\u0590"
# Unicode's category Cc, which will never have others.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def plain_amount(context: Values, language: str) -> str:
    """As a sentence says it: 10 €."""
    return format_money(Money(context["amount_minor"], context["currency"]), language)


def exact_amount(context: Values, language: str) -> str:
    """As a receipt says it: 10,00 EUR."""
    return format_exactly(Money(context["amount_minor"], context["currency"]), language)


def day(moment: str, language: str) -> str:
    """The date for a table: 3 May 2026."""
    return format_day(local_date(moment), language)


def day_of_year(moment: str, language: str) -> str:
    """The date for a sentence: 3 May. In Russian a year would end it with a second full stop."""
    return format_day_of_year(local_date(moment), language)


def local_date(moment: str) -> date:
    """The date in the newsroom's time zone."""
    local = timezone.localtime(datetime.fromisoformat(moment), timezone.get_default_timezone())
    return local.date()


def dated(label: str, moment: str | None, language: str) -> Facts:
    """A line with a date, or none when there is no date."""
    return [(label, day(moment, language))] if moment else []


def rhythm(interval: str) -> str:
    """How often it repeats."""
    words = {"month": _("every month"), "year": _("every year"), "other": _("regularly")}
    return words.get(interval, _("no, once only"))


def web_address(url: str) -> str:
    """The address when it leads to a page, or nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def one_line(text: str) -> str:
    """Without line breaks or other characters that steer instead of being read."""
    return " ".join(CONTROL.sub(" ", text).split())


def isolated(name: str) -> str:
    """A name written from right to left keeps to itself and does not turn its sentence around."""
    if max(name, default="") >= FIRST_RIGHT_TO_LEFT and any(
        unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in name
    ):
        return f"\u2068{name}\u2069"
    return name
