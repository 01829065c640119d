"""Figures in a colleague's language, of one currency."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_compact_decimal, format_decimal, format_percent

from donations.days import format_day_of_year, format_days, format_month, format_month_short
from donations.money import Money, format_money
from donations.web.staff.overview.periods import Period

NOTHING = "–"


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Who speaks, and of what money."""

    language: str
    currency: str

    def money(self, minor: int) -> str:
        """€1,234.50."""
        return format_money(Money(minor, self.currency), self.language)

    def more_or_less(self, minor: int) -> str:
        """+€120, -€30: a move."""
        return f"+{self.money(minor)}" if minor > 0 else self.money(minor)

    def axis(self, minor: int) -> str:
        """1.2K: beside a line of a chart, whose title has the currency."""
        major = Money(minor, self.currency).decimal
        return format_compact_decimal(major, locale=self.language, fraction_digits=1)

    def count(self, value: int) -> str:
        """1,234."""
        return format_decimal(value, locale=self.language)

    def per_cent(self, share: Fraction | None, digits: int = 1) -> str:
        """2.7%; a dash where there is nothing to divide by."""
        if share is None:
            return NOTHING
        exact = round(Decimal(share.numerator) / Decimal(share.denominator), digits + 2)
        return format_percent(exact, locale=self.language, decimal_quantization=False)

    def change(self, now: int, before: int) -> str:
        """+12%; blank where there was nothing before."""
        if before <= 0:
            return ""
        share = Fraction(now - before, before)
        return f"{'+' if share > 0 else ''}{self.per_cent(share, 0)}"

    def period(self, period: Period) -> str:
        """November 2026 when it is a whole month, else its days."""
        if period.is_month and not period.is_running:
            return format_month(period.first, self.language)
        return format_days(period.first, period.last, self.language)

    def day(self, day: date) -> str:
        """1 November: of which year the page says elsewhere."""
        return format_day_of_year(day, self.language)

    def month(self, day: date) -> str:
        """November 2026."""
        return format_month(day, self.language)

    def month_label(self, day: date) -> str:
        """Nov."""
        return format_month_short(day, self.language)


def share(part: int, whole: int) -> Fraction | None:
    """How much of it; None of nothing."""
    return Fraction(part, whole) if whole > 0 else None
