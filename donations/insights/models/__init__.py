"""Totals that are kept so that no page counts millions of rows. Rebuilt from the rows at any time.

Amounts are in the currency's minor unit; there is no sum across currencies. Days are those of the
newsroom's time zone. Nothing here is written but by `insights.counting`.
"""

from donations.insights.models.movements import CohortTotal, Movement, MovementTotal
from donations.insights.models.people import Standing, SupporterTotal
from donations.insights.models.repeats import GiftMonth, RepeatTotal
from donations.insights.models.takings import DayTotal, MonthTotal
from donations.insights.models.tally import Tally
from donations.insights.models.to_come import DueTotal

__all__ = [
    "CohortTotal",
    "DayTotal",
    "DueTotal",
    "GiftMonth",
    "MonthTotal",
    "Movement",
    "MovementTotal",
    "RepeatTotal",
    "Standing",
    "SupporterTotal",
    "Tally",
]
