"""Where gifts come from, who stays, what may be lost and what is to come: the smaller tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.insights.queries import Cohort, Share
from donations.web.staff.charts import meter
from donations.web.staff.overview.formulas import FORMULAS, Formula
from donations.web.staff.overview.readings import DIMENSIONS, Readings
from donations.web.staff.overview.voice import Voice, share

GATEWAYS: Mapping[str, Promise | str] = {
    "stripe": gettext_lazy("Card"),
    "paypal": "PayPal",
    "manual": gettext_lazy("Cash or bank transfer"),
}
UNKNOWN: Mapping[str, Promise] = {
    "language": gettext_lazy("not by our form"),
    "article": gettext_lazy("no article"),
    "campaign": gettext_lazy("no campaign"),
}
SHADES = (0, 20, 40, 60, 80)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One source: how much, and how much of all."""

    name: str
    amount: str
    gifts: str
    per_cent: str
    bar: SafeString
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Split:
    """Gifts by one thing; `name` is that of its formula and file."""

    name: str
    rows: Sequence[Row]

    @property
    def formula(self) -> Formula:
        """How it is counted."""
        return FORMULAS[self.name]

    @property
    def leads_to_articles(self) -> bool:
        """Where there is a page with all of them."""
        return self.name == "by-article"


def splits(of: Readings, voice: Voice) -> list[Split]:
    """One for each way of dividing."""
    return [
        Split(name=f"by-{each}", rows=rows_of(each, of.shares[each], of.now.gross_minor, voice))
        for each in DIMENSIONS
    ]


def rows_of(dimension: str, shares: Sequence[Share], whole: int, voice: Voice) -> list[Row]:
    """The largest, and what is left of the whole."""
    rows = [
        row(called(dimension, each), each.received.gross_minor, each.received.gifts, whole, voice)
        for each in shares
        if each.received.gross_minor
    ]
    rest = whole - sum(each.received.gross_minor for each in shares)
    if shares and rest > 0:
        rows.append(row(_("All others"), rest, None, whole, voice))
    return rows


def row(name: str, gross: int, gifts: int | None, whole: int, voice: Voice) -> Row:
    """A source in words."""
    return Row(
        name=name,
        amount=voice.money(gross),
        gifts="" if gifts is None else voice.count(gifts),
        per_cent=voice.per_cent(share(gross, whole), 0),
        bar=meter(gross, whole),
    )


def called(dimension: str, each: Share) -> str:
    """Its name; what has none is said to have none."""
    if not each.value:
        return str(UNKNOWN.get(dimension, _("unknown")))
    if dimension == "gateway":
        return str(GATEWAYS.get(each.value, each.value))
    if dimension == "language":
        return str(dict(settings.LANGUAGES).get(each.value, each.value))
    return each.label


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A cell: how many of a hundred are left, and how dark that is."""

    per_cent: str
    count: str
    shade: int


@dataclass(frozen=True, kw_only=True)
class Began:
    """A row: everybody who began in a month."""

    month: str
    size: str
    cells: Sequence[Kept]


def cohorts(of: Readings, voice: Voice) -> list[Began]:
    """The newest first; months in which nobody began are left out."""
    return [began(each, voice) for each in reversed(of.cohorts) if each.size]


def began(each: Cohort, voice: Voice) -> Began:
    """Who is left of them, month after month."""
    return Began(
        month=voice.month(each.month),
        size=voice.count(each.size),
        cells=[
            Kept(
                per_cent=voice.per_cent(Fraction(left, each.size), 0),
                count=voice.count(left),
                shade=sum(100 * left >= bound * each.size for bound in SHADES) if left else 0,
            )
            for left in each.retained
        ],
    )
