"""What may be lost, how far the goal is, and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from donations.web.staff.charts import Said, Series, bars, target
from donations.web.staff.overview.readings import Readings
from donations.web.staff.overview.voice import Voice, share

# Three bars need less room.
LOW = 160


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Payments that failed and are tried again."""

    count: int
    shown: str
    monthly: str
    owed: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far this month is on its way to the goal."""

    received: str
    goal: str
    expected: str
    per_cent: str
    picture: SafeString


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The months to come, and what is assumed of them."""

    picture: SafeString | None
    rows: Sequence[Sequence[str]]
    assumed: Sequence[str]
    about: str


def risk(of: Readings, voice: Voice) -> Risk:
    """How many may be lost, and what they give."""
    return Risk(
        count=of.at_risk.count,
        shown=voice.count(of.at_risk.count),
        monthly=voice.money(of.at_risk.money.minor),
        owed=voice.money(of.at_risk.owed.minor),
    )


def goal(of: Readings, language: str) -> Progress | None:
    """In the goal's own currency, whatever the page is about; None without a goal."""
    if of.goal is None:
        return None
    aim, came, due = of.goal.goal, of.goal.received.net, of.goal.expected
    voice = Voice(language=language, currency=aim.currency)
    return Progress(
        received=voice.money(came.minor),
        goal=voice.money(aim.minor),
        expected=voice.money(due.minor),
        per_cent=voice.per_cent(share(came.minor, aim.minor), 0),
        picture=target(came.minor, due.minor, aim.minor),
    )


def forecast(of: Readings, voice: Voice) -> Outlook:
    """Each month with what it rests on."""
    months = of.forecast
    said = Said(
        ident="forecast",
        title=_("The next three months"),
        summary=", ".join(
            f"{voice.month(each.month)}: {voice.money(each.expected.minor)}" for each in months
        ),
        written=voice.axis,
        height=LOW,
    )
    has_any = any(each.expected.minor for each in months)
    series = [Series(name=_("Expected"), values=[each.expected.minor for each in months])]
    labels = [voice.month_label(each.month) for each in months]
    return Outlook(
        picture=bars(said, labels, series) if has_any else None,
        rows=[
            [
                voice.month(each.month),
                voice.money(each.expected.minor),
                voice.count(each.monthly + each.yearly),
            ]
            for each in months
        ],
        assumed=list(assumed(of, voice)) if has_any else (),
        about=f"{voice.currency}",
    )


def assumed(of: Readings, voice: Voice) -> Sequence[str]:
    """What has to hold for the forecast to come true."""
    first = of.forecast[0]
    return (
        _("Active agreements go on as they are; yearly ones count in the month they renew."),
        _("Every month %(share)s of them end, the mean of the six months before.")
        % {"share": voice.per_cent(first.churn)},
        _("Nobody new begins, and one-off gifts are left out."),
    )
