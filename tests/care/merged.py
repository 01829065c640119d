"""Two records made one and two again, as a colleague does it, and who is mailed then."""

from django.utils import timezone
from hypothesis import HealthCheck, settings

from donations.care import merging
from donations.care.models import Merge
from donations.models import User
from donations.supporters.models import Supporter
from tests.care.worlds import three_sections

OFTEN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def merge(kept: Supporter, other: Supporter, by: User, token: str = "form-1") -> Merge:
    return merging.merge(kept=kept, other=other, by=by, token=token, why="", at=timezone.now())


def undo(done: Merge, by: User) -> None:
    merging.undo(merge=done, by=by, at=timezone.now())


def heard_by(person: Supporter) -> set[int]:
    """The sections that are mailed to them."""
    active = set(person.follows.active().values_list("section", flat=True))
    every = {each.pk for each in three_sections() if each}
    return {each for each in every if None in active or each in active}


def refused_by(person: Supporter) -> set[int | None]:
    """Those that they had and ended, unless something wider is wanted still."""
    rows = list(person.follows.all())
    wanted = {row.section_id for row in rows if row.ended_at is None}
    ended = {row.section_id for row in rows if row.ended_at}
    every: set[int | None] = {each.pk for each in three_sections() if each}
    if None in wanted:
        return set()
    return every - wanted if None in ended else ended - wanted
