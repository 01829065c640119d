"""The words of the week's figures: what is in its context, as the colleague's language writes it.

Bars are cells of a table with a colour and a width: they show where pictures are not loaded, which
is how most mail programs begin.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django.utils.translation import ngettext

from donations.days import VARIANTS, format_days
from donations.money import Money, format_money

FULL = 100


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A figure of the week, beside that of the week before."""

    now: str
    before: str
    change: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A day: what came in, and how long its bar is of a hundred."""

    name: str
    amount: str
    width: int


def weekly_digest(context: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Each currency by itself, then what needs a hand. Nothing in it names a supporter."""
    first = date.fromisoformat(context["first"])
    return {
        "facts": [],
        "week": format_days(first, first + timedelta(days=6), language),
        "sums": [of_currency(each, first, language) for each in context["sums"]],
        "active": figure(context["active"], language),
        "hand": hand(context["hand"], language),
        "articles": [
            {**each, "amount": format_money(Money(each["minor"], each["currency"]), language)}
            for each in context["articles"]
        ],
        "desk_url": context["desk_url"],
        "leave_url": context["leave_url"],
    }


def of_currency(said: Mapping[str, Any], first: date, language: str) -> dict[str, Any]:
    """Its figures and its seven bars."""
    code = said["currency"]

    def written(minor: int) -> str:
        return format_money(Money(minor, code), language)

    highest = max(*said["days"], 1)
    return {
        "currency": code,
        "received": compared(said["received"], written, language),
        "gifts": compared(said["gifts"], lambda count: figure(count, language), language),
        "monthly": compared(said["monthly"], written, language),
        "bars": [
            Bar(
                name=weekday(first + timedelta(days=place), language),
                amount=written(minor),
                width=max(0, FULL * minor // highest),
            )
            for place, minor in enumerate(said["days"])
        ],
    }


def compared(weeks: Sequence[int], written: Callable[[int], str], language: str) -> Compared:
    """With how much it is more or less, where there is something to compare with."""
    now, before = weeks
    return Compared(now=written(now), before=written(before), change=change(now, before, language))


def change(now: int, before: int, language: str) -> str:
    """+12%, −3%; blank when there was nothing before."""
    if before <= 0:
        return ""
    per_cent = round(Fraction((now - before) * FULL, before))
    shown = format_percent(Decimal(per_cent) / FULL, locale=language)
    return f"+{shown}" if per_cent > 0 else shown


def hand(waiting: Mapping[str, Any], language: str) -> list[str]:
    """What waits for a person, in sentences; empty when nothing does."""
    lines = []
    if count := waiting["failed"]:
        lines.append(
            ngettext(
                "%(shown)s notification of a payment provider could not be understood.",
                "%(shown)s notifications of payment providers could not be understood.",
                count,
            )
            % {"shown": figure(count, language)}
        )
    if count := waiting["unattributed"]:
        lines.append(
            ngettext(
                "%(shown)s gift waits for you to say whose it is.",
                "%(shown)s gifts wait for you to say whose they are.",
                count,
            )
            % {"shown": figure(count, language)}
        )
    return lines + [at_risk(each, language) for each in waiting["at_risk"]]


def at_risk(said: Mapping[str, Any], language: str) -> str:
    """How many may be lost, and what they give in a month."""
    return ngettext(
        "The payment of %(shown)s regular supporter failed: %(amount)s a month is at risk.",
        "The payments of %(shown)s regular supporters failed: %(amount)s a month is at risk.",
        said["count"],
    ) % {
        "shown": figure(said["count"], language),
        "amount": format_money(Money(said["minor"], said["currency"]), language),
    }


def weekday(day: date, language: str) -> str:
    """Mon, lun., пн."""
    return format_date(day, "EEE", locale=VARIANTS.get(language, language))


def figure(value: int, language: str) -> str:
    """With its thousands apart."""
    return format_decimal(value, locale=language)
