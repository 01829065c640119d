"""The whole of it: a newsroom, its readers, their years, and the totals."""

from collections.abc import Callable
from datetime import datetime, timedelta

from donations.demo import newsroom
from donations.demo.multiplying import multiply, newest
from donations.demo.telling import KIND, stories, tell
from donations.giving.models import Donation
from donations.insights.operations import rebuild
from donations.supporters.models import Supporter
from donations.webhooks.models import InboundEvent

# So many readers are told one by one; of more, so many are told and the rest are copies of them.
MOST_TOLD, TOLD = 2000, 500


class RealDonations(Exception):
    """There are donations in this database that no story told."""


class AlreadyTold(Exception):
    """A story was told in this database before."""


def seed(
    *,
    supporters: int,
    years: int,
    number: int,
    among_real: bool,
    at: datetime,
    say: Callable[[str], object],
    told: int | None = None,
) -> None:
    """Tell the years up to now of so many readers. Raises RealDonations, AlreadyTold.

    The same number and moment tell the same stories, whatever the database. `told` are those who
    are told one by one; the others are copies of them.
    """
    if InboundEvent.objects.filter(kind=KIND).exists():
        raise AlreadyTold("A story was told in this database already; another needs an empty one.")
    if not among_real and Donation.objects.exists():
        raise RealDonations(
            "This database has donations already. An empty one is wanted; --among-real insists."
        )
    start, before = at - timedelta(days=365 * years), newest()
    told = told or (supporters if supporters <= MOST_TOLD else TOLD)
    newsroom.prepare(at=start)
    happenings = stories(supporters=told, seed=number, start=start, end=at)
    say(f"{told} readers, {len(happenings)} happenings")
    tell(happenings)
    newsroom.finish(at=at)
    if told < supporters:
        multiply(copies=supporters // told - 1, before=before, say=say)
    say(f"{Supporter.objects.count()} supporters, {Donation.objects.count()} donations; counting")
    rebuild(at=at)
