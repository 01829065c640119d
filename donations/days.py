"""Dates as each language writes them."""

from datetime import date

from babel.dates import format_date, format_skeleton

# Our English readers are in Europe: the day comes first.
VARIANTS = {"en": "en_GB"}


def format_day(day: date, language: str) -> str:
    """1 May 2026, 1 mai 2026, 1 мая 2026 г."""
    return format_date(day, "long", locale=VARIANTS.get(language, language))


def format_day_of_year(day: date, language: str) -> str:
    """1 May, 1 mai, 1 мая: inside a sentence about the days to come."""
    return format_skeleton("MMMMd", day, locale=VARIANTS.get(language, language))
