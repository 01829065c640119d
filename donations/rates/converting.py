"""From currencies into one: the only place where amounts of several are added up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from donations.money import Money, exponent
from donations.rates.models import ExchangeRate
from donations.rates.queries import Rates


class WrongRate(ValueError):
    """A rate that is not of these two currencies."""


class NotAddedUp(Exception):
    """Some currency has no rate that holds: `lacking` has each, with the last one there was."""

    def __init__(self, lacking: Mapping[str, ExchangeRate | None]) -> None:
        super().__init__(", ".join(lacking))
        self.lacking = lacking


@dataclass(frozen=True, kw_only=True)
class Part:
    """An amount, what it comes to, and by which rate; None of what needs none."""

    money: Money
    worth: Money
    rate: ExchangeRate | None


@dataclass(frozen=True, kw_only=True)
class Total:
    """About so much: never without the parts, which have the rates that it was made with."""

    about: Money
    parts: tuple[Part, ...]


def in_all(*, amounts: Iterable[Money], rates: Rates) -> Total:
    """The amounts of several currencies in one: each is converted once, rounded, then added.

    Raises NotAddedUp: with one rate missing or old there is no total at all.
    """
    each = Counter[str]()
    for money in amounts:
        each[money.currency] += money.minor
    needed = [code for code in each if code != rates.into]
    lacking = {code: rates.newest.get(code) for code in needed if rates.holding(code) is None}
    if lacking:
        raise NotAddedUp(lacking)
    parts = tuple(part(Money(minor, code), rates) for code, minor in each.items())
    return Total(about=Money(sum(one.worth.minor for one in parts), rates.into), parts=parts)


def part(money: Money, rates: Rates) -> Part:
    """What an amount comes to. Raises NotAddedUp."""
    if money.currency == rates.into:
        return Part(money=money, worth=money, rate=None)
    rate = rates.holding(money.currency)
    if rate is None:
        raise NotAddedUp({money.currency: rates.newest.get(money.currency)})
    return Part(money=money, worth=converted(money, rate, rates.into), rate=rate)


def converted(money: Money, rate: ExchangeRate, into: str) -> Money:
    """Exactly by the rate, or by one over it, then rounded half to even to the minor unit.

    Raises WrongRate.
    """
    exact = Fraction(rate.rate)
    if (rate.currency, rate.worth_in) == (into, money.currency):
        exact = 1 / exact
    elif (rate.currency, rate.worth_in) != (money.currency, into):
        raise WrongRate(f"{money.currency} into {into} by {rate}")
    shift = Fraction(10) ** (exponent(into) - exponent(money.currency))
    return Money(round(money.minor * exact * shift), into)
