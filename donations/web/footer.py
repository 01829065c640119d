"""The ask at the end of an article: what it offers, in which words, and where a choice leads."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations import links
from donations.giving.models import Interval, Method
from donations.money import Money, exponent, format_money
from donations.outlet.queries import OutletFacts
from donations.web.offers import INTERVAL_WORDS, SENTENCES, Offer, offer_of

# Once or every month: three rhythms would be a form, and the support page has that one.
INTERVALS = (Interval.ONCE.value, Interval.MONTH.value)
MOST_AMOUNTS = 6
ROUTES = {Method.CARD.value: "give", Method.PAYPAL.value: "paypal"}
WAY_WORDS = {
    Method.CARD.value: gettext_lazy("By card"),
    Method.PAYPAL.value: gettext_lazy("By PayPal"),
}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One currency, few amounts for each interval, and what each way of paying can do."""

    currency: str
    amounts: dict[str, list[Money]]
    ways: dict[str, list[str]]


def ask_of(outlet: OutletFacts) -> Ask:
    """What fits under an article; the support page has the rest."""
    offer = offer_of(outlet)
    currency = common_currency(offer, outlet)
    ways = {
        method: [each for each in INTERVALS if can(method, each, offer)]
        for method, takes in offer.by_method.items()
        if currency in takes
    }
    presets = outlet.presets.get(currency, {})
    amounts = {
        interval: [Money(minor, currency) for minor in presets[interval][:MOST_AMOUNTS]]
        for interval in INTERVALS
        if presets.get(interval) and any(interval in takes for takes in ways.values())
    }
    return Ask(currency=currency, amounts=amounts, ways=ways)


def common_currency(offer: Offer, outlet: OutletFacts) -> str:
    """The newsroom's first one with buttons that every way takes, else that one takes."""
    takes = [set(codes) for codes in offer.by_method.values()]
    with_buttons = [code for code in offer.currencies if outlet.presets.get(code)]
    common = [code for code in with_buttons if all(code in codes for codes in takes)]
    return next(iter(common + with_buttons), "")


def can(method: str, interval: str, offer: Offer) -> bool:
    """PayPal repeats only where the newsroom's account is known; a paypal.me name gives once."""
    return method == Method.CARD or interval == Interval.ONCE or offer.paypal_repeats


def figures(money: Money) -> str:
    """An amount as an address carries it: 5, or 7.50."""
    digits = 0 if money.is_round else exponent(money.currency)
    return f"{money.decimal:.{digits}f}"


def words(ask: Ask, outlet: OutletFacts, language: str) -> dict[str, Any]:
    """All that is read on it; `says` has {} for the amount."""
    with translation.override(language):
        return {
            "heading": _("Support %(name)s") % {"name": outlet.name},
            "mission": outlet.mission(language),
            "promise": outlet.promise(language),
            "often": _("How often?"),
            "much": _("How much?"),
            "other": [_("Another amount"), reverse("give", args=[language])],
            "ways": {
                way: [str(WAY_WORDS[way]), reverse(ROUTES[way], args=[language])]
                for way in ask.ways
            },
            "intervals": {
                interval: {
                    "word": str(INTERVAL_WORDS[interval]),
                    "says": SENTENCES[interval] % {"amount": "{}"},
                    "amounts": [[figures(each), format_money(each, language)] for each in amounts],
                }
                for interval, amounts in ask.amounts.items()
            },
        }


def ask_in_full(outlet: OutletFacts, language: str, **origin: str) -> dict[str, Any]:
    """Every choice with the addresses that it leads to, where no script can put them together."""
    ask = ask_of(outlet)
    text = words(ask, outlet, language)
    choices = [
        {
            "interval": interval,
            "word": said["word"],
            "amounts": [
                leads(ask, text, language, interval, index, **origin)
                for index, _amount in enumerate(said["amounts"])
            ],
        }
        for interval, said in text["intervals"].items()
    ]
    other = links.page("give", language=language, **origin)
    return {"text": text, "choices": choices, "other": other}


def leads(
    ask: Ask, text: dict[str, Any], language: str, interval: str, index: int, **origin: str
) -> dict[str, Any]:
    """One amount: what will happen, and where each way of paying begins."""
    said = text["intervals"][interval]
    figures, shown = said["amounts"][index]
    wish = {"amount": figures, "currency": ask.currency, "interval": interval, **origin}
    return {
        "figures": figures,
        "text": shown,
        "says": said["says"].replace("{}", shown),
        "is_picked": index == min(1, len(said["amounts"]) - 1),
        "ways": [
            (text["ways"][way][0], links.page(ROUTES[way], language=language, **wish))
            for way, takes in ask.ways.items()
            if interval in takes
        ],
    }
