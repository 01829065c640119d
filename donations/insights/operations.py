"""Keeping the totals: count again what was marked, or everything."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Self

from django.db import transaction

from donations.giving.models import Dispute, Donation, Refund
from donations.insights.counting import movements, people, repeats, takings, to_come
from donations.insights.counting.sql import zone_name
from donations.insights.models import Tally
from donations.recounts.models import Recount
from donations.recounts.operations import day_of

About = Recount.About
# Marks in one transaction: a few seconds' work at most.
BATCH = 2000
# Every payment asks for a recount; one in so many seconds is enough.
REST = timedelta(seconds=5)
# An import of a whole history leaves the worker to others now and then.
SECONDS = 8.0


def recount_due(*, at: datetime, rest: timedelta = timedelta(0), seconds: float = SECONDS) -> int:
    """Count again whatever waits; how many marks were drained.

    A second time, or beside another who counts, or within `rest` of the last time, it does nothing.
    What is left after so many seconds waits for the next call. What nobody has counted yet, or in
    another time zone, is counted from nothing.
    """
    is_fresh = Tally.objects.filter(zone=zone_name(), counted_at__gt=at - rest)
    if rest and is_fresh.exists():
        return 0
    deadline, drained, done = time.monotonic() + seconds, 0, BATCH
    while done >= BATCH and time.monotonic() < deadline:
        done = recount_batch(at=at)
        drained += done
    return drained


@transaction.atomic
def recount_batch(*, at: datetime) -> int:
    """Drain some marks, in one transaction with what they ask for.

    A mark is seen only together with the rows that it is about, and each statement after it sees
    what is committed by then: what is marked later is counted later.
    """
    tally = locked_tally()
    if tally is None:
        return 0
    if tally.zone != zone_name():
        return _rebuild(tally, at=at)
    marks = list(Recount.objects.order_by("pk")[:BATCH])
    work = Work.of(marks)
    takings.count_days(work.days)
    people.count_people(work.supporters)
    repeats.count_people(work.supporters)
    movements.count_people(supporters=work.supporters, agreements=work.agreements)
    to_come.count_days(work.due_days)
    Recount.objects.filter(pk__in=[each.pk for each in marks]).delete()
    if len(marks) < BATCH:
        tally.mark_counted(at=at, zone=zone_name())
    return len(marks)


@transaction.atomic
def rebuild(*, at: datetime) -> None:
    """Count everything from nothing, once whoever is counting has finished."""
    Tally.objects.get_or_create(pk=1)
    _rebuild(Tally.objects.select_for_update().get(pk=1), at=at)


def _rebuild(tally: Tally, *, at: datetime) -> int:
    """The marks go first: one that comes while we count is about what we may not have seen."""
    drained, _by_model = Recount.objects.all().delete()
    takings.count_all()
    people.count_people(None)
    repeats.count_all()
    movements.count_all()
    to_come.count_all()
    tally.mark_counted(at=at, zone=zone_name())
    return drained


def locked_tally() -> Tally | None:
    """The lock of those who count; None while somebody else has it."""
    Tally.objects.get_or_create(pk=1)
    return Tally.objects.select_for_update(skip_locked=True).filter(pk=1).first()


@dataclass
class Work:
    """What a batch of marks asks for."""

    days: set[date] = field(default_factory=set)
    due_days: set[date] = field(default_factory=set)
    supporters: set[int] = field(default_factory=set)
    agreements: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, marks: Sequence[Recount]) -> Self:
        """Sorted by what they are about."""
        work, by_about = cls(), {about: set[int]() for about in About}
        for mark in marks:
            by_about[About(mark.about)].add(mark.key)
        work.days = {date.fromordinal(key) for key in by_about[About.DAY]}
        work.due_days = {date.fromordinal(key) for key in by_about[About.DUE_DAY]}
        work.supporters = by_about[About.SUPPORTER]
        work.agreements = by_about[About.AGREEMENT]
        work.take_donations(by_about[About.DONATION])
        return work

    def take_donations(self, numbers: set[int]) -> None:
        """The days of these and of what went back of them, and whose they are."""
        for supporter, received in Donation.objects.filter(pk__in=numbers).values_list(
            "supporter_id", "received_at"
        ):
            self.days.add(day_of(received))
            self.supporters |= {supporter} - {None}
        refunded = Refund.objects.filter(donation__in=numbers).values_list("refunded_at", flat=True)
        opened = Dispute.objects.filter(donation__in=numbers).values_list("opened_at", flat=True)
        self.days |= {day_of(moment) for moment in (*refunded, *opened)}
