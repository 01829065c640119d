"""Two ways to read what a file leaves open, with an example out of the file itself."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations.days import format_day
from donations.gateways.paypal.activity import Survey

DAY = re.compile(r"(\d{1,2})\D(\d{1,2})\D([12]\d{3})", re.ASCII)
AMOUNT = re.compile(r"[+-]?\d[\d.,]{0,20}", re.ASCII)
EXAMPLE_DAY, EXAMPLE_AMOUNT = "03/04/2026", "1.234"
MONTHS = 12


def column(survey: Survey, ours: str) -> list[str]:
    """What stands in a column of the example rows."""
    heading = survey.columns.get(ours)
    if heading not in survey.header:
        return []
    place = survey.header.index(heading)
    return [row[place] for row in survey.examples if place < len(row)]


def day_choices(survey: Survey) -> list[tuple[str, str]]:
    """03/04/2026 is 3 April, or 4 March."""
    shown = next(filter(is_open, column(survey, "date")), EXAMPLE_DAY)
    first, second, year = map(int, DAY.match(shown).groups())  # type: ignore[union-attr]
    return [
        ("day", reading(shown, format_day(date(year, second, first), language()))),
        ("month", reading(shown, format_day(date(year, first, second), language()))),
    ]


def decimal_choices(survey: Survey) -> list[tuple[str, str]]:
    """1.234 is more than a thousand, or little more than one."""
    shown = next((text for text in column(survey, "gross") if is_number(text)), EXAMPLE_AMOUNT)
    return [(mark, reading(shown, spoken(shown, mark))) for mark in ".,"]


def is_open(text: str) -> bool:
    """Whether the day may be the month, and is not the same anyway."""
    match = DAY.match(text)
    if match is None:
        return False
    first, second = int(match[1]), int(match[2])
    return first != second and all(1 <= each <= MONTHS for each in (first, second))


def is_number(text: str) -> bool:
    """Whether it can be read both ways."""
    return AMOUNT.fullmatch(text) is not None and all(spoken(text, mark) for mark in ".,")


def spoken(text: str, mark: str) -> str:
    """The amount with this mark before its decimals, as the reader's language writes it."""
    other = "," if mark == "." else "."
    try:
        value = Decimal(text.replace(other, "").replace(mark, "."))
    except InvalidOperation:
        return ""
    return format_decimal(value, "#,##0.00#", locale=language())


def reading(text: str, meaning: str) -> str:
    """One of the two."""
    return _("“%(text)s” is %(meaning)s") % {"text": text, "meaning": meaning}


def language() -> str:
    """The language being spoken."""
    return get_language() or "en"
