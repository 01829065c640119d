"""A rate in a colleague's language, always as it was entered."""

from django.conf import settings
from django.utils.translation import get_language

from donations.days import format_day
from donations.rates.figures import format_rate
from donations.rates.models import ExchangeRate


def as_entered(rate: ExchangeRate) -> str:
    """1 USD = 0.86 EUR, 27 November 2026, ECB: also where it is reckoned the other way round."""
    language = get_language() or settings.LANGUAGE_CODE
    worth = f"{format_rate(rate.rate, language)} {rate.worth_in}"
    return f"1 {rate.currency} = {worth}, {format_day(rate.on, language)}, {rate.source}"
