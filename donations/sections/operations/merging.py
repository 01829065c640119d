"""Two supporters are one person: what they hear about from then on, and how that is taken back.

The stricter word wins: what either has refused is not mailed, and a yes counts only from a
mailbox that is known to be theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter

Sections = frozenset[int | None]
Snapshot = dict[str, dict[str, Any]]
NOTHING: Sections = frozenset()
EVERYTHING: Sections = frozenset({None})


@dataclass(frozen=True)
class Choice:
    """What somebody hears about, waits to be asked about, and has ended; None is every section."""

    active: Sections
    waiting: Sections
    ended: Sections
    is_proved: bool
    said_no: bool

    @property
    def wanted(self) -> Sections:
        """Asked for, confirmed or not."""
        return self.active | self.waiting

    def hears(self, section: int | None) -> bool:
        """Whether it is mailed to them."""
        return section in self.active or None in self.active

    def allowed_of(self, wanted: Sections, sections: Sections) -> Sections:
        """What of it they have not refused."""
        if self.said_no:
            return NOTHING
        if None in self.wanted:
            return wanted
        if None in self.ended:
            return self.wanted if None in wanted else wanted & self.wanted
        refused = self.ended - self.wanted
        if refused and None in wanted:
            wanted = wanted | sections
            return wanted - refused - EVERYTHING
        return wanted - refused


def together(kept: Choice, other: Choice, sections: Sections) -> tuple[Sections, Sections]:
    """What both of them hear about as one, and what waits for an answer from the mailbox."""
    wanted = kept.wanted | other.wanted
    wanted = other.allowed_of(kept.allowed_of(wanted, sections), sections)
    active = frozenset(
        each for each in wanted if kept.hears(each) or (kept.is_proved and other.hears(each))
    )
    if None in active:
        return EVERYTHING, NOTHING
    return active, wanted - active


def choice_of(supporter: Supporter, *, said_no: bool) -> Choice:
    """As it stands in the rows."""
    rows = list(Follow.objects.filter(supporter=supporter))
    going_on = [row for row in rows if row.ended_at is None]
    return Choice(
        active=frozenset(row.section_id for row in going_on if row.confirmed_at),
        waiting=frozenset(row.section_id for row in going_on if not row.confirmed_at),
        ended=frozenset(row.section_id for row in rows if row.ended_at),
        is_proved=supporter.proved_at is not None,
        said_no=said_no,
    )


def merge_follows(
    *, kept: Supporter, other: Supporter, said_no: bool, at: datetime
) -> dict[str, Snapshot]:
    """One has all the follows from now on. Answers what to put back; both are locked."""
    sections: Sections = frozenset(Section.objects.open().values_list("pk", flat=True))
    mine = choice_of(kept, said_no=said_no)
    active, waiting = together(mine, choice_of(other, said_no=said_no), sections)
    before, theirs = snapshot(kept), snapshot(other)
    Follow.objects.filter(supporter=other).delete()
    for section in active | waiting:
        _want(kept, section, before, theirs, is_active=section in active, at=at)
    unwanted = [row.pk for row in kept.follows.all() if row.section_id not in active | waiting]
    Follow.objects.filter(pk__in=unwanted).mark_ended(at=at)
    _remember_refusals(kept, theirs)
    return {"kept": before, "other": theirs, "after": snapshot(kept)}


def _want(
    kept: Supporter,
    section: int | None,
    before: Snapshot,
    theirs: Snapshot,
    *,
    is_active: bool,
    at: datetime,
) -> None:
    """A row for it, made of whichever says so; one that says so already is left alone."""
    mine = before.get(name_of(section))
    if mine and mine["ended_at"] is None and bool(mine["confirmed_at"]) == is_active:
        return
    said = theirs.get(name_of(section)) or theirs.get(name_of(None)) or mine
    said = said or before.get(name_of(None)) or {}
    fields = {
        "language": said["language"],
        "asked_at": datetime.fromisoformat(said["asked_at"]),
        "confirmed_at": confirmed_at(said, at) if is_active else None,
    }
    if mine:
        Follow.objects.filter(pk=mine["pk"]).mark_asked(**fields)
    else:
        Follow.objects.create(supporter=kept, section_id=section, **fields)


def confirmed_at(said: Mapping[str, Any], at: datetime) -> datetime:
    """When the mailbox answered."""
    return datetime.fromisoformat(said["confirmed_at"]) if said["confirmed_at"] else at


def _remember_refusals(kept: Supporter, theirs: Snapshot) -> None:
    """What the other has ended stays refused: the mailbox is asked before it begins again."""
    has = {row.section_id for row in kept.follows.all()}
    ended = [row for row in theirs.values() if row["ended_at"] and row["section_id"] not in has]
    Follow.objects.bulk_create(Follow(supporter=kept, **{**row, "pk": None}) for row in ended)


def unmerge_follows(
    record: Mapping[str, Snapshot],
    *,
    kept: Supporter,
    other: Supporter,
    has_refused: bool,
    at: datetime,
) -> None:
    """As it was. What was chosen since stands, and a no since counts for both."""
    now = snapshot(kept)
    for name in {*record["kept"], *record["after"]}:
        if now.get(name) == record["after"].get(name):
            _restore(kept, record["kept"].get(name), now.get(name))
    for row in record["other"].values():
        ended_at = row["ended_at"] or (at.isoformat() if has_refused else None)
        Follow.objects.create(supporter=other, **{**row, "ended_at": ended_at})


def _restore(kept: Supporter, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> None:
    if was is None and now is not None:
        Follow.objects.filter(pk=now["pk"]).delete()
    elif was is not None and was != now:
        Follow.objects.filter(pk=was["pk"]).delete()
        Follow.objects.create(supporter=kept, **was)


def snapshot(supporter: Supporter) -> Snapshot:
    """The rows by section, as JSON keeps them."""
    return {
        name_of(row.section_id): {
            "pk": row.pk,
            "section_id": row.section_id,
            "language": row.language,
            **{
                name: moment(getattr(row, name))
                for name in ("asked_at", "confirmed_at", "ended_at")
            },
        }
        for row in Follow.objects.filter(supporter=supporter).order_by("pk")
    }


def name_of(section: int | None) -> str:
    """A key of JSON for a section, or for every one."""
    return "every" if section is None else str(section)


def moment(at: datetime | None) -> str | None:
    """A moment as JSON keeps it."""
    return at.isoformat() if at else None


def preview(*, kept: Supporter, other: Supporter, said_no: bool) -> tuple[Sequence[Section], bool]:
    """Which sections they would hear about as one, and whether it is every one."""
    sections: Sections = frozenset(Section.objects.open().values_list("pk", flat=True))
    active, _waiting = together(
        choice_of(kept, said_no=said_no), choice_of(other, said_no=said_no), sections
    )
    named = Section.objects.filter(pk__in=[each for each in active if each]).order_by("position")
    return list(named), None in active
