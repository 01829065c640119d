"""Dates as each language writes them, and as browsers do."""

from datetime import date
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton
from django import forms

# Our English readers are in Europe: the day comes first.
VARIANTS = {"en": "en_GB"}


def format_day(day: date, language: str) -> str:
    """1 May 2026, 1 mai 2026, 1 мая 2026 г."""
    return format_date(day, "long", locale=VARIANTS.get(language, language))


def format_day_of_year(day: date, language: str) -> str:
    """1 May, 1 mai, 1 мая: inside a sentence about the days to come."""
    return format_skeleton("MMMMd", day, locale=VARIANTS.get(language, language))


def format_month(day: date, language: str) -> str:
    """November 2026, noiembrie 2026, ноябрь 2026."""
    return format_date(day, "LLLL y", locale=VARIANTS.get(language, language))


def format_month_short(day: date, language: str) -> str:
    """Nov, nov., нояб.: under a bar of a chart."""
    return format_date(day, "LLL", locale=VARIANTS.get(language, language))


def format_days(first: date, last: date, language: str) -> str:
    """3 May – 9 Jun 2026: from one day to another."""
    if first == last:
        return format_day(first, language)
    return format_interval(first, last, "yMMMd", locale=VARIANTS.get(language, language))


class DayField(forms.DateField):
    """A day as browsers show and send it, whatever the language of the page (HTML, 4.10.5.1.7)."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)
