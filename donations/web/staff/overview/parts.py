"""The charts of the overview, each with the table that says exactly what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, zip_longest

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donations.insights.queries import Movements, Received
from donations.web.staff import charts
from donations.web.staff.charts import Move, Said, Series
from donations.web.staff.overview.formulas import FORMULAS, Formula
from donations.web.staff.overview.readings import ByTime, Readings
from donations.web.staff.overview.voice import Voice

DAYS_NAMED = (1, 10, 20, 30)


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a line or a pattern stands for; `kind` is its class."""

    kind: str
    name: str
    figure: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture and its table; `about` is its unit and its days."""

    name: str
    title: str
    about: str
    picture: SafeString | None
    keys: Sequence[Key]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    is_line: bool = False
    empty: str = ""
    # The table is the point, not what is behind the picture.
    is_open: bool = False
    is_wide: bool = False

    @property
    def formula(self) -> Formula:
        """How it is counted."""
        return FORMULAS[self.name]


def pace(of: Readings, voice: Voice) -> Chart | None:
    """How a month adds up, beside the one before and the one a year before; not of a range."""
    if not of.period.is_month:
        return None
    periods = (of.period, of.period.before, of.period.year_before)
    sums = [list(accumulate(each.net_minor for _day, each in days)) for days in of.days]
    names = [voice.month(each.first) for each in periods]
    longest = max(map(len, sums))
    numbers = [voice.count(number) for number in range(1, longest + 1)]
    marks = [str(number) if number in DAYS_NAMED else "" for number in range(1, longest + 1)]
    title = _("Received, adding up day by day")
    said = Said(
        ident="pace",
        title=title,
        summary=_("%(month)s so far: %(amount)s.")
        % {"month": names[0], "amount": voice.money(sums[0][-1])},
        written=voice.axis,
    )
    series = [Series(name=name, values=rising) for name, rising in zip(names, sums, strict=True)]
    return Chart(
        name="received",
        title=title,
        about=f"{voice.currency} · {names[0]}",
        picture=charts.lines(said, marks, series) if any(map(any, sums)) else None,
        keys=[
            Key(kind=f"s{place}", name=name, figure=voice.money(rising[-1]))
            for place, (name, rising) in enumerate(zip(names, sums, strict=True))
        ],
        head=[_("Day"), *names],
        rows=[
            [number, *("" if value is None else voice.money(value) for value in row)]
            for number, row in zip(numbers, zip_longest(*sums), strict=True)
        ],
        is_line=True,
        empty=_("Every gift of this month and of those before adds up here to a line."),
    )


def months(of: Readings, voice: Voice) -> Chart:
    """What came in, month by month, of which kind."""
    kinds = (
        ("s0", _("Further instalments"), [each.renewals_minor for _month, each in of.months]),
        ("s1", _("First instalments"), [each.first_minor for _month, each in of.months]),
        ("s2", _("One-off gifts"), [each.once_minor for _month, each in of.months]),
    )
    title = str(FORMULAS["months"].title)
    said = Said(
        ident="months",
        title=title,
        summary=", ".join(
            f"{voice.month(month)}: {voice.money(each.gross_minor)}" for month, each in of.months
        ),
        written=voice.axis,
    )
    series = [Series(name=name, values=values) for _kind, name, values in kinds]
    has_any = any(each.gross_minor for _month, each in of.months)
    return Chart(
        name="months",
        title=title,
        about=f"{voice.currency} · {span(of.months, voice)}",
        picture=charts.bars(said, labels(of.months, voice), series) if has_any else None,
        keys=[Key(kind=kind, name=name) for kind, name, _values in kinds],
        head=[
            _("Month"),
            *(name for _kind, name, _values in kinds),
            _("Together"),
            pgettext("how many", "Gifts"),
        ],
        rows=[month_row(month, each, voice) for month, each in reversed(of.months)],
        # A range has no line beside it.
        is_wide=not of.period.is_month,
        empty=_("The first gift in %(currency)s begins this chart.") % {"currency": voice.currency},
    )


def month_row(month: date, each: Received, voice: Voice) -> list[str]:
    """A month of the table."""
    amounts = (each.renewals_minor, each.first_minor, each.once_minor, each.gross_minor)
    return [voice.month(month), *map(voice.money, amounts), voice.count(each.gifts)]


def labels(months: ByTime, voice: Voice) -> list[str]:
    """Every second month of a year is named, every sixth of a longer time, the last always."""
    apart = 2 if len(months) <= 14 else 6
    return [
        voice.month_label(month) if (len(months) - 1 - place) % apart == 0 else ""
        for place, (month, _received) in enumerate(months)
    ]


def span(months: ByTime, voice: Voice) -> str:
    """From the first month to the last."""
    return f"{voice.month(months[0][0])} – {voice.month(months[-1][0])}"


def movements(of: Readings, voice: Voice) -> Chart:
    """Where monthly support stood, what happened, where it stands: it adds up."""
    moves = of.moves
    steps = list(named(moves))
    title = str(FORMULAS["movements"].title)
    change = moves.end - moves.start
    said = Said(
        ident="moves",
        title=title,
        summary=", ".join(f"{name}: {voice.more_or_less(delta)}" for name, delta, _p in steps),
        written=voice.axis,
    )
    bars, at = [], 0
    for name, delta, _people in steps:
        bars.append(Move(label=name, begin=at, end=at + delta, kind="down" if delta < 0 else "up"))
        at += delta
    bars.append(
        Move(label=pgettext("monthly support", "Change"), begin=0, end=change, kind="whole")
    )
    return Chart(
        name="movements",
        title=title,
        about=f"{voice.currency} · {voice.period(of.period)}",
        picture=charts.steps(said, bars) if any(delta for _n, delta, _p in steps) else None,
        keys=(),
        head=[_("Movement"), _("Amount a month"), pgettext("supporters", "People")],
        rows=[
            [_("At the start"), voice.money(moves.start), ""],
            *(
                [name, voice.more_or_less(delta), "" if people is None else voice.count(people)]
                for name, delta, people in steps
            ),
        ],
        total=[_("At the end"), voice.money(moves.end), ""],
        empty=_("When somebody begins, changes or ends monthly support, it is added up here."),
        is_open=True,
    )


def named(moves: Movements) -> list[tuple[str, int, int | None]]:
    """Each move with its sign, and how many people made it where that is counted."""
    return [
        (pgettext("monthly support", "New"), moves.new, moves.started),
        (pgettext("monthly support", "Raised"), moves.expansion, None),
        (pgettext("monthly support", "Came back"), moves.reactivation, moves.reactivated_people),
        (pgettext("monthly support", "Lowered"), -moves.contraction, None),
        (pgettext("monthly support", "Left"), -moves.churned, moves.churned_people),
    ]
