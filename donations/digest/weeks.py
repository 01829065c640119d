"""Which week a mail is about: it leaves on Monday morning and tells of the seven days before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

HOUR = time(7)
# Workers that were down on Monday still send it on Tuesday; after that it is no news.
LATEST = timedelta(days=2)


@dataclass(frozen=True)
class Week:
    """From a Monday to a Sunday, in the newsroom's time zone."""

    monday: date

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> "Week":
        """The week before."""
        return Week(self.monday - timedelta(days=7))

    @property
    def name(self) -> str:
        """2026-W48, as ISO 8601 counts: part of the key that lets only one mail out."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def due_at(self) -> datetime:
        """Seven on the morning after it, as the newsroom's clock says."""
        day = datetime.combine(self.monday + timedelta(days=7), HOUR)
        return timezone.make_aware(day, timezone.get_default_timezone())


def last_week(at: datetime) -> Week:
    """The one that is over."""
    today = timezone.localdate(at, timezone.get_default_timezone())
    return Week(today - timedelta(days=today.weekday() + 7))


def due_week(at: datetime) -> Week | None:
    """The one to write about now; None before Monday morning, and when it is too late."""
    week = last_week(at)
    return week if week.due_at <= at < week.due_at + LATEST else None
