"""The figures at the top: large, with what they were before and the way there."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donations.web.staff.charts import sparkline
from donations.web.staff.overview.formulas import FORMULAS, Formula
from donations.web.staff.overview.readings import Readings
from donations.web.staff.overview.voice import NOTHING, Voice

NO_LINE = SafeString("")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a figure was at another time, and how much it changed since."""

    words: str
    change: str = ""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A figure; `name` is that of its formula and its file."""

    name: str
    figure: str
    beside: tuple[Beside, ...] = ()
    line: SafeString = NO_LINE

    @property
    def formula(self) -> Formula:
        """How it is counted."""
        return FORMULAS[self.name]

    @property
    def is_empty(self) -> bool:
        """Nothing to count yet."""
        return self.figure == NOTHING


def tiles(of: Readings, voice: Voice) -> list[Tile]:
    """All of them, the most asked for first."""
    return [
        received(of, voice),
        monthly(of, voice),
        active(of, voice),
        average(of, voice),
        churn(of, voice),
        lifetime(of, voice),
        once(of, voice),
        repeat(of, voice),
    ]


def received(of: Readings, voice: Voice) -> Tile:
    """What came in, against the month before and the year before, to the same day."""
    compared = [
        Beside(
            words=_("%(period)s: %(amount)s")
            % {"period": voice.period(period), "amount": voice.money(then.net_minor)},
            change=voice.change(of.now.net_minor, then.net_minor),
        )
        for period, then in (
            (of.period.before, of.before),
            (of.period.year_before, of.year_before),
        )
    ]
    if of.now.returned_minor:
        words = _("went back: %(amount)s") % {"amount": voice.money(of.now.returned_minor)}
        compared.append(Beside(words=words))
    return Tile(
        name="received",
        figure=voice.money(of.now.net_minor),
        beside=tuple(compared),
        line=sparkline(each.net_minor for _month, each in of.months),
    )


def monthly(of: Readings, voice: Voice) -> Tile:
    """MRR, and how it moved."""
    moved = of.moves.end - of.moves.start
    words = _("since %(day)s") % {"day": voice.day(of.period.first)}
    return Tile(
        name="mrr",
        figure=voice.money(of.moves.end),
        beside=(Beside(words=words, change=voice.more_or_less(moved)),),
        line=sparkline(each.end for _month, each in of.moves_by_month),
    )


def active(of: Readings, voice: Voice) -> Tile:
    """How many give regularly, and who came and went."""
    came = of.moves.started + of.moves.reactivated_people
    words = _("%(came)s came, %(left)s left in %(currency)s") % {
        "came": voice.count(came),
        "left": voice.count(of.moves.churned_people),
        "currency": voice.currency,
    }
    return Tile(
        name="active",
        figure=voice.count(of.active),
        beside=(Beside(words=words),),
        line=sparkline(of.trends.active),
    )


def average(of: Readings, voice: Voice) -> Tile:
    """What a gift comes to."""
    gifts = of.now.gifts
    words = ngettext("of %(shown)s gift", "of %(shown)s gifts", gifts) % {
        "shown": voice.count(gifts)
    }
    return Tile(
        name="average",
        figure=voice.money(of.average.minor) if of.average else NOTHING,
        beside=(Beside(words=words),),
        line=sparkline(each.gross_minor // (each.gifts or 1) for _month, each in of.months),
    )


def churn(of: Readings, voice: Voice) -> Tile:
    """Who stopped."""
    return Tile(
        name="churn",
        figure=voice.per_cent(of.churn),
        beside=(Beside(words=_("of those who gave regularly")),),
        line=sparkline(thousandths(of.trends.churn)),
    )


def lifetime(of: Readings, voice: Voice) -> Tile:
    """What one who gives regularly is likely to give in all."""
    return Tile(
        name="lifetime",
        figure=voice.money(of.lifetime.minor) if of.lifetime else NOTHING,
        beside=(Beside(words=_("for one who gives regularly")),),
        line=sparkline(each or 0 for each in of.trends.lifetime),
    )


def once(of: Readings, voice: Voice) -> Tile:
    """Gifts that promise no other."""
    return Tile(
        name="once",
        figure=voice.money(of.now.once_minor),
        line=sparkline(each.once_minor for _month, each in of.months),
    )


def repeat(of: Readings, voice: Voice) -> Tile:
    """Who came back by themselves."""
    people = of.repeat.givers
    words = ngettext(
        "%(again)s of %(shown)s person with a one-off gift",
        "%(again)s of %(shown)s people with a one-off gift",
        people,
    ) % {"again": voice.count(of.repeat.repeated), "shown": voice.count(people)}
    return Tile(
        name="repeat",
        figure=voice.per_cent(of.repeat.rate, 0),
        beside=(Beside(words=words),),
        line=sparkline(thousandths(of.trends.repeat)),
    )


def thousandths(shares: list[Fraction | None]) -> list[int]:
    """Shares, as far as a line can show them."""
    return [int((each or Fraction(0)) * 1000) for each in shares]
