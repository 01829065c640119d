"""What a reader may choose from, and in which words."""

from dataclasses import dataclass

from babel.lists import format_list
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from donations.gateways.paypal import me_address, me_link, takes
from donations.giving.models import Interval, Method
from donations.money import Money, format_money
from donations.outlet.queries import OutletFacts

INTERVAL_WORDS = {
    Interval.ONCE.value: _("Once"),
    Interval.MONTH.value: _("Every month"),
    Interval.YEAR.value: _("Every year"),
}
# What the button says will happen.
SENTENCES = {
    Interval.ONCE.value: _("Give %(amount)s"),
    Interval.MONTH.value: _("Give %(amount)s every month"),
    Interval.YEAR.value: _("Give %(amount)s every year"),
}
# As the object of a verb; a currency that is not here is named by its code.
CURRENCY_WORDS = {
    "EUR": _("euro"),
    "USD": _("US dollars"),
    "GBP": _("pounds"),
    "MDL": _("lei"),
    "RON": _("lei"),
}


@dataclass(frozen=True)
class Preset:
    """An amount as a button, with the intervals that it is offered for."""

    money: Money
    intervals: tuple[str, ...]

    @property
    def value(self) -> str:
        """As the form sends it: EUR:1000."""
        return f"{self.money.currency}:{self.money.minor}"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The choices of the form."""

    methods: tuple[str, ...]
    intervals: tuple[str, ...]
    currencies: tuple[str, ...]
    by_method: dict[str, tuple[str, ...]]
    paypal_repeats: bool
    presets: dict[str, list[Preset]]

    @property
    def values(self) -> set[str]:
        """Every preset that may be sent."""
        return {preset.value for offered in self.presets.values() for preset in offered}


def offer_of(outlet: OutletFacts, *, is_for_paypal: bool = False) -> Offer:
    """Cards give at every interval, and so does PayPal, unless only a paypal.me name is known."""
    by_method: dict[str, tuple[str, ...]] = {}
    if settings.STRIPE_SECRET_KEY and outlet.card_currencies and not is_for_paypal:
        by_method[Method.CARD.value] = outlet.card_currencies
    if paypal_currencies := takes(outlet, interval=Interval.ONCE):
        by_method[Method.PAYPAL.value] = paypal_currencies
    paypal_repeats = all(takes(outlet, interval=each) for each in (Interval.MONTH, Interval.YEAR))
    repeats = Method.CARD in by_method or (Method.PAYPAL in by_method and paypal_repeats)
    intervals = tuple(INTERVAL_WORDS) if repeats else (Interval.ONCE.value,)
    currencies = tuple(dict.fromkeys(code for codes in by_method.values() for code in codes))
    return Offer(
        methods=tuple(by_method),
        intervals=intervals,
        currencies=currencies,
        by_method=by_method,
        paypal_repeats=paypal_repeats,
        presets={code: _presets(outlet, code, intervals) for code in currencies},
    )


def _presets(outlet: OutletFacts, currency: str, intervals: tuple[str, ...]) -> list[Preset]:
    """One button for each amount, however many intervals offer it."""
    offered = outlet.presets.get(currency, {})
    amounts = sorted({minor for interval in intervals for minor in offered.get(interval, [])})
    return [
        Preset(
            Money(minor, currency),
            tuple(each for each in intervals if minor in offered.get(each, [])),
        )
        for minor in amounts
    ]


def sentence(money: Money, interval: str, language: str) -> str:
    """What will happen: Give €5 every month."""
    text = SENTENCES.get(interval, SENTENCES[Interval.ONCE.value])
    return str(text % {"amount": format_money(money, language)})


def plain_way(outlet: OutletFacts, money: Money | None, interval: str) -> str:
    """The paypal.me address, with the amount that is chosen; it cannot repeat a gift."""
    chosen = me_link(outlet, money=money) if money and interval == Interval.ONCE else ""
    return chosen or me_address(outlet)


def currency_word(code: str) -> str:
    """The currency as people say it."""
    return str(CURRENCY_WORDS.get(code, code))


def either(codes: tuple[str, ...], language: str) -> str:
    """Currencies to choose from: euro, US dollars or pounds."""
    words = list(dict.fromkeys(currency_word(code) for code in codes))
    return format_list(words, style="or", locale=language)
