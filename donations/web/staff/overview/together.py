"""All currencies together: about so much, and by which rates; or which rate is wanting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from donations.days import format_day
from donations.money import Money, format_exactly
from donations.rates.converting import NotAddedUp, in_all
from donations.rates.models import ExchangeRate
from donations.rates.queries import OLD_AFTER, Rates
from donations.web.staff.overview.formulas import FORMULAS, Formula
from donations.web.staff.overview.several import Several
from donations.web.staff.overview.voice import NOTHING, Voice
from donations.web.staff.rates.words import as_entered


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What is added up, and what it comes to."""

    formula: Formula
    figure: str

    @property
    def is_empty(self) -> bool:
        """A rate is wanting."""
        return self.figure == NOTHING


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A rate to enter: where, and of which currency."""

    query: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class Together:
    """Sums, the rates that they were made with, and what is wanting where there is none."""

    sums: Sequence[Sum]
    rates: Sequence[str]
    lacking: str
    wanted: Sequence[Wanted]

    @property
    def formula(self) -> Formula:
        """How it is added up."""
        return FORMULAS["in-all"]


def together(of: Several, voice: Voice) -> Together | None:
    """Each figure that is of more than one currency; None when none is."""
    sums: list[Sum] = []
    used: dict[int, ExchangeRate] = {}
    lacking: dict[str, ExchangeRate | None] = {}
    for name, amounts in of.figures.items():
        if len(amounts) > 1:
            figure = NOTHING
            try:
                total = in_all(amounts=amounts, rates=of.rates)
            except NotAddedUp as error:
                lacking.update(error.lacking)
            else:
                figure = about(total.about, voice)
                used.update({one.rate.pk: one.rate for one in total.parts if one.rate})
            sums.append(Sum(formula=FORMULAS[name], figure=figure))
    if not sums:
        return None
    return Together(
        sums=sums,
        rates=[as_entered(rate) for rate in used.values()],
        lacking=what_lacks(lacking, of.rates, voice),
        wanted=[to_enter(code, of.rates) for code in lacking],
    )


def about(money: Money, voice: Voice) -> str:
    """≈ EUR 1,234.00 in all."""
    return _("≈ %(amount)s in all") % {"amount": format_exactly(money, voice.language)}


def what_lacks(lacking: Mapping[str, ExchangeRate | None], rates: Rates, voice: Voice) -> str:
    """One sentence: which rates there are not, or which are too old; blank when all is there."""
    if not lacking:
        return ""
    words = ngettext(
        "There is no total in %(into)s, since a rate is missing or older than %(days)s days on "
        "%(day)s: %(currencies)s.",
        "There is no total in %(into)s, since rates are missing or older than %(days)s days on "
        "%(day)s: %(currencies)s.",
        len(lacking),
    )
    return words % {
        "into": rates.into,
        "days": voice.count(OLD_AFTER.days),
        "day": format_day(rates.on, voice.language),
        "currencies": ", ".join(each_lacking(lacking.items(), voice)),
    }


def each_lacking(lacking: Iterable[tuple[str, ExchangeRate | None]], voice: Voice) -> Iterable[str]:
    """MDL (none), USD (the last one of 3 September 2026)."""
    for code, old in lacking:
        day = format_day(old.on, voice.language) if old else ""
        last = (
            _("the last one of %(day)s") % {"day": day}
            if old
            else pgettext("exchange rate", "none")
        )
        yield f"{code} ({last})"


def to_enter(code: str, rates: Rates) -> Wanted:
    """The form with what is known filled in."""
    query = {"currency": code, "worth_in": rates.into, "on": rates.on.isoformat()}
    return Wanted(query=urlencode(query), currency=code)
