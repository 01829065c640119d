"""Every figure of the desk, each from totals alone: as fast with a million supporters as with ten.

Amounts are in minor units of the currency that was asked for; nothing is summed across currencies.
`first` and `last` are days of the newsroom's time zone, both included; `on` is the end of a day.
Each function says its formula and where that comes from:

S  Stripe, "Billing analytics": https://docs.stripe.com/billing/subscriptions/analytics/glossary
S3 Stripe, "Calculating churn rate": https://support.stripe.com/questions/calculating-churn-rate-in-billing
S4 Stripe, "Subscriber cohorts": https://support.stripe.com/questions/subscriber-cohorts-and-cohort-retention-in-billing
C2 ChartMogul, "Chart data": https://help.chartmogul.com/hc/en-us/articles/203299912-Chart-Data
C6 ChartMogul, "LTV": https://help.chartmogul.com/hc/en-us/articles/203359061-Chart-Customer-Lifetime-Value-LTV

What counts as monthly recurring revenue stands in `insights/counting/deriving.py`.
"""

from donations.insights.queries.ahead import (
    AtRisk,
    Forecast,
    Goal,
    at_risk,
    forecast,
    goal_progress,
    in_trouble,
)
from donations.insights.queries.people import (
    Cohort,
    Repeats,
    active_supporters,
    churn_rate,
    cohorts,
    lifetime_value,
    repeat_rate,
)
from donations.insights.queries.recurring import (
    Movements,
    Mrr,
    movements,
    movements_by_month,
    movements_in_each,
    mrr,
)
from donations.insights.queries.takings import (
    Received,
    Share,
    average_gift,
    currencies,
    freshness,
    received,
    received_by,
    received_by_day,
    received_by_month,
    received_in_each,
)

__all__ = [
    "AtRisk",
    "Cohort",
    "Forecast",
    "Goal",
    "Movements",
    "Mrr",
    "Received",
    "Repeats",
    "Share",
    "active_supporters",
    "at_risk",
    "average_gift",
    "churn_rate",
    "cohorts",
    "currencies",
    "forecast",
    "freshness",
    "goal_progress",
    "in_trouble",
    "lifetime_value",
    "movements",
    "movements_by_month",
    "movements_in_each",
    "mrr",
    "received",
    "received_by",
    "received_by_day",
    "received_by_month",
    "received_in_each",
    "repeat_rate",
]
