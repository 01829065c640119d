"""What is to come, and what is in danger."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, QuerySet, Sum

from donations.giving.models import Interval, Subscription
from donations.insights.counting.deriving import MONTHLY
from donations.insights.models import DueTotal
from donations.insights.queries.people import mean_monthly_churn
from donations.insights.queries.spans import end_of, month_of, months_later
from donations.insights.queries.takings import Received, received
from donations.money import Money
from donations.outlet.models import Outlet


@dataclass(frozen=True, kw_only=True)
class AtRisk:
    """Agreements whose last payment failed: their MRR, and the instalments that are owed."""

    count: int
    money: Money
    owed: Money


@dataclass(frozen=True, kw_only=True)
class Goal:
    """The newsroom's goal of a month, and how far it is."""

    goal: Money
    received: Received
    expected: Money

    @property
    def reached(self) -> Fraction:
        """What has come of it, without what is expected."""
        return Fraction(self.received.net_minor, self.goal.minor)


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What active agreements should bring in a month, and what that supposes.

    `due` is every instalment if nobody stopped; `churn` is the share that stops each month, and
    `monthly` and `yearly` are how many instalments of each rhythm are due.
    """

    month: date
    expected: Money
    due: Money
    churn: Fraction
    monthly: int
    yearly: int


def in_trouble(*, currency: str, limit: int = 20) -> QuerySet[Subscription]:
    """Agreements whose payment failed and is tried again, the newest failure first."""
    found = Subscription.objects.filter(status=Subscription.Status.PAST_DUE, currency=currency)
    return found.select_related("supporter").order_by("-observed_at", "-pk")[:limit]


def at_risk(*, currency: str) -> AtRisk:
    """Count and MRR of agreements that are past due; each owes the instalment that failed (S)."""
    found = Subscription.objects.filter(status=Subscription.Status.PAST_DUE, currency=currency)
    total = found.aggregate(count=Count("pk"), owed=Sum("amount_minor"), monthly=Sum(MONTHLY))
    return AtRisk(
        count=total["count"],
        money=Money(total["monthly"] or 0, currency),
        owed=Money(total["owed"] or 0, currency),
    )


def goal_progress(*, on: date) -> Goal | None:
    """Net received in the month of `on`, up to it, and the instalments that are due by its end.

    In the goal's own currency; what comes in others is not converted. None without a goal.
    """
    outlet = Outlet.objects.filter(pk=1, goal_minor__gt=0).first()
    if outlet is None or outlet.goal_minor is None:
        return None
    currency, month = outlet.goal_currency, month_of(on)
    due = DueTotal.objects.filter(currency=currency, on__range=(on, end_of(month)))
    return Goal(
        goal=Money(outlet.goal_minor, currency),
        received=received(currency=currency, first=month, last=on),
        expected=Money(due.aggregate(n=Sum("amount_minor"))["n"] or 0, currency),
    )


def forecast(*, currency: str, months: int = 3, on: date) -> list[Forecast]:
    """Instalments of active agreements in each month after that of `on` x (1 - churn)^k.

    Monthly ones are due in every month, yearly ones in the month in which they renew; those that
    are about to end, are paused, or whose payment failed are left out. Churn is the mean of the six
    months before, k the number of months ahead. New supporters and one-off gifts are not foreseen.
    """
    churn = mean_monthly_churn(on=on) or Fraction(0)
    rows = DueTotal.objects.filter(currency=currency).values("interval", "on__year", "on__month")
    due = rows.annotate(n=Sum("agreements"), minor=Sum("amount_minor"))
    monthly, monthly_minor, yearly = 0, 0, dict[tuple[int, int], tuple[int, int]]()
    for row in due:
        if row["interval"] == Interval.MONTH:
            monthly, monthly_minor = monthly + row["n"], monthly_minor + row["minor"]
        elif row["interval"] == Interval.YEAR:
            yearly[row["on__year"], row["on__month"]] = row["n"], row["minor"]
    found = []
    for ahead in range(1, months + 1):
        month = months_later(month_of(on), ahead)
        count, minor = yearly.get((month.year, month.month), (0, 0))
        expected = Fraction(monthly_minor + minor) * (1 - churn) ** ahead
        found.append(
            Forecast(
                month=month,
                expected=Money(int(expected + Fraction(1, 2)), currency),
                due=Money(monthly_minor + minor, currency),
                churn=churn,
                monthly=monthly,
                yearly=count,
            )
        )
    return found
