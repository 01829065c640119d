"""The figures as files: each with exact amounts, whole dates and the currency in every row."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from types import MappingProxyType

from donations.insights import queries
from donations.insights.queries import Movements, Received
from donations.insights.queries.takings import Divided
from donations.money import Money
from donations.rates.converting import NotAddedUp, part
from donations.rates.figures import figure
from donations.rates.queries import Rates
from donations.web.staff.overview.periods import Period
from donations.web.staff.overview.readings import COHORTS, FORECAST_MONTHS, moves_by_month
from donations.web.staff.overview.several import several

Cell = str | int | Decimal | date | datetime | None
Rows = Iterable[Sequence[Cell]]
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_SHARES = 10_000
TAKINGS = ("gifts", "one_off", "first_instalments", "further_instalments", "gross", "returned")
HEAD = (*TAKINGS, "net", "fees", "currency")


def written(rows: Rows) -> str:
    """As text; the mark at its beginning tells spreadsheets that it is UTF-8."""
    out = StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return f"\ufeff{out.getvalue()}"


def safe(cell: Cell) -> str:
    """A cell that no spreadsheet runs: of what people typed, an apostrophe disarms a formula."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return "" if cell is None else str(cell)


def takings(each: Received, currency: str) -> Sequence[Cell]:
    """The cells of what came in."""
    minors = (
        *(each.once_minor, each.first_minor, each.renewals_minor, each.gross_minor),
        *(each.returned_minor, each.net_minor, each.fees_minor),
    )
    return (each.gifts, *(Money(minor, currency).decimal for minor in minors), currency)


def received(currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """Day by day: the period, those before it and a year before."""
    yield ("day", *HEAD)
    for each in (period.year_before, period.before, period):
        days = queries.received_by_day(currency=currency, first=each.first, last=each.last)
        yield from ((day, *takings(taken, currency)) for day, taken in days)


def months(currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """Month by month."""
    first, last = period.months
    yield ("month", *HEAD)
    for month, taken in queries.received_by_month(currency=currency, first=first, last=last):
        yield (month, *takings(taken, currency))


def movements(currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """Monthly support, month by month."""
    yield (
        *("month", "start", "new", "expansion", "reactivation", "contraction", "churned", "end"),
        *("started", "left", "came_back", "currency"),
    )
    for month, moves in moves_by_month(currency, period):
        yield (month, *moved(moves, currency))


def moved(moves: Movements, currency: str) -> Sequence[Cell]:
    """The cells of a movement: start + new + expansion + reactivation - the others = end."""
    minors = (
        *(moves.start, moves.new, moves.expansion, moves.reactivation),
        *(moves.contraction, moves.churned, moves.end),
    )
    people = (moves.started, moves.churned_people, moves.reactivated_people)
    return (*(Money(minor, currency).decimal for minor in minors), *people, currency)


def in_all(_currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """What is added up across currencies, each amount with its rate; blank where none holds."""
    found = several(period)
    yield (
        *(
            "figure",
            "last_day",
            "amount",
            "currency",
            "rate",
            "one",
            "is_worth_so_many",
            "rate_day",
        ),
        *("rate_source", "converted", "converted_to"),
    )
    for name, amounts in found.figures.items():
        for money in amounts:
            yield (name, period.last, money.decimal, money.currency, *worth(money, found.rates))


def worth(money: Money, rates: Rates) -> Sequence[Cell]:
    """The cells of what it comes to, and of the rate as it was entered."""
    try:
        found = part(money, rates)
    except NotAddedUp:
        return (None, None, None, None, None, None, rates.into)
    by = found.rate
    told = (figure(by.rate), by.currency, by.worth_in, by.on, by.source) if by else (None,) * 5
    return (*told, found.worth.decimal, rates.into)


def people(currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """What is counted in people, at the end of the period."""
    first, last = period.first, period.last
    churn = queries.churn_rate(first=first, last=last)
    lifetime = queries.lifetime_value(currency=currency, on=last)
    average = queries.average_gift(currency=currency, first=first, last=last)
    repeat = queries.repeat_rate(currency=currency, first=first, last=last)
    yield ("first_day", "last_day", "figure", "value", "of", "currency")
    yield (first, last, "people_who_give_regularly", queries.active_supporters(on=last), None, None)
    yield (first, last, "churn", *over(churn), None)
    yield (first, last, "average_gift", amount(average), None, currency)
    yield (first, last, "lifetime_value", amount(lifetime), None, currency)
    yield (first, last, "gave_one_off_again", repeat.repeated, repeat.givers, currency)


def over(share: Fraction | None) -> tuple[Cell, Cell]:
    """A share as it is, without rounding: so many of so many."""
    return (share.numerator, share.denominator) if share is not None else (None, None)


def amount(money: Money | None) -> Decimal | None:
    """In major units; blank where there is none."""
    return money.decimal if money else None


def split(dimension: Divided) -> "Sheet":
    """All the sources of one kind, not only those that the page names."""

    def rows(currency: str, period: Period) -> Iterator[Sequence[Cell]]:
        yield (dimension, "name", *HEAD)
        for each in queries.received_by(
            dimension=dimension, currency=currency, first=period.first, last=period.last,
            limit=MOST_SHARES,
        ):  # fmt: skip
            yield (each.value, each.label, *takings(each.received, currency))

    return rows


def cohorts(_currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """A row for each month in which people began, and each month that they stayed."""
    yield ("began_in", "people", "months_later", "still_give")
    for each in queries.cohorts(months=COHORTS, on=period.last):
        for later, left in enumerate(each.retained):
            yield (each.month, each.size, later, left)


def risk(currency: str, _period: Period) -> Iterator[Sequence[Cell]]:
    """Payments being retried now. Whose they are is another list, for who may see it."""
    found = queries.at_risk(currency=currency)
    yield ("agreements", "monthly_support", "owed", "currency")
    yield (found.count, found.money.decimal, found.owed.decimal, currency)


def goal(_currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """In the goal's own currency."""
    yield ("month", "goal", "received", "still_due", "currency")
    found = queries.goal_progress(on=period.last)
    if found is not None:
        amounts = (found.goal.decimal, found.received.net.decimal, found.expected.decimal)
        yield (period.last.replace(day=1), *amounts, found.goal.currency)


def forecast(currency: str, period: Period) -> Iterator[Sequence[Cell]]:
    """With what it assumes."""
    yield (
        *("month", "expected", "due_if_nobody_leaves", "monthly", "yearly"),
        *("leave", "of", "currency"),
    )
    for each in queries.forecast(currency=currency, months=FORECAST_MONTHS, on=period.last):
        yield (
            *(each.month, each.expected.decimal, each.due.decimal, each.monthly, each.yearly),
            *(*over(each.churn), currency),
        )


Sheet = Callable[[str, Period], Iterator[Sequence[Cell]]]
# By the name of the formula: what the file behind it has.
SHEETS: Mapping[str, Sheet] = MappingProxyType(
    {
        "received": received,
        "in-all": in_all,
        "months": months,
        "mrr": movements,
        "movements": movements,
        "active": people,
        "average": people,
        "churn": people,
        "lifetime": people,
        "once": months,
        "repeat": people,
        "by-gateway": split("gateway"),
        "by-language": split("language"),
        "by-article": split("article"),
        "by-campaign": split("campaign"),
        "cohorts": cohorts,
        "risk": risk,
        "goal": goal,
        "forecast": forecast,
    }
)
