"""Amounts: 1,234.56 or 1.234,56, decided for a whole file, whatever its language.

Which it is, is proved on every row: gross and fee make net.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from donations.gateways.paypal.activity.opening import ActivityFileRefused
from donations.gateways.paypal.words import WHOLE_UNITS
from donations.money import exponent

Mark = Literal[".", ","]
MARKS: tuple[Mark, ...] = (".", ",")
MINUS = str.maketrans("\u2212\u2013", "--", " \u00a0\u202f\u2009'’")
SHAPES: Mapping[str, re.Pattern[str]] = {
    ".": re.compile(r"([+-]?)(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(\d{1,2}))?", re.ASCII),
    ",": re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3}){1,3}|\d{1,12})(?:,(\d{1,2}))?", re.ASCII),
}
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


@lru_cache(maxsize=4096)
def minor(text: str, mark: str, currency: str) -> int | None:
    """The amount in the currency's minor unit; None when it is not written so.

    Forint, yen and Taiwan dollar are whole units at PayPal, so any decimals of theirs are zeros.
    """
    match = SHAPES[mark].fullmatch(text.translate(MINUS))
    if match is None:
        return None
    sign, whole, decimals = match.groups(default="")
    digits = exponent(currency)
    kept, rest = decimals[:digits].ljust(digits, "0"), decimals[digits:]
    if rest.strip("0") or (currency in WHOLE_UNITS and decimals.strip("0")):
        return None
    value = int(whole.replace(",", "").replace(".", "") + kept)
    return -value if sign == "-" else value


@dataclass(kw_only=True)
class Numbers:
    """What the rows of a file prove, counted."""

    rows: int = 0
    point: int = 0
    comma: int = 0
    either: int = 0
    differing: int = 0

    def see(self, gross: str, fee: str, net: str, *, currency: str) -> None:
        """One row; a blank fee or net proves what is left."""
        if not gross or not CURRENCY.fullmatch(currency):
            return
        self.rows += 1
        point = proved(gross, fee, net, ".", currency)
        comma = proved(gross, fee, net, ",", currency)
        if point is not None and comma is not None:
            self.either += point == comma
            self.differing += point != comma
        else:
            self.point += point is not None
            self.comma += comma is not None

    def decided(self, told: str) -> str:
        """The decimal mark, as a person told or as the rows prove; blank when it is open."""
        if told in MARKS:
            return told
        if self.point != self.comma:
            return "." if self.point > self.comma else ","
        if self.point or self.differing:
            return ""
        return "."

    def check(self) -> None:
        """Raises ActivityFileRefused when there are amounts and none of them proves anything."""
        if self.rows and not (self.point or self.comma or self.either or self.differing):
            raise ActivityFileRefused("numbers")


def proved(gross: str, fee: str, net: str, mark: str, currency: str) -> tuple[int, ...] | None:
    """The amounts when all are written with this mark and gross and fee make net."""
    amounts = [minor(text, mark, currency) for text in (gross, fee, net) if text]
    known = [amount for amount in amounts if amount is not None]
    if len(known) != len(amounts):
        return None
    if fee and net and known[0] + known[1] != known[2]:
        return None
    return tuple(known)
