"""The merge itself. Each noun moves its own rows and says which; a `Merge` keeps that.

What is only ever appended stays: the history of the other record, which its time line reads too.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from donations.broadcasts.models import Delivery
from donations.care.errands import once
from donations.care.models import Merge, Note
from donations.care.people import Person, person_of
from donations.giving.operations.moving import move_giving, move_giving_back
from donations.history.operations import keep_change
from donations.outbox.models import Suppression
from donations.recounts.operations import recounting
from donations.sections.operations.merging import merge_follows, unmerge_follows
from donations.supporters.models import Consent, Supporter, User
from donations.supporters.moving import move, move_back
from donations.topics.operations.moving import move_suggestions, move_suggestions_back

# Who said one of these about mail to many has said no, whatever stands elsewhere.
NO = (Suppression.Reason.ASKED, Suppression.Reason.COMPLAINED)
MOVED: Mapping[str, type[Any]] = {"consents": Consent, "notes": Note, "deliveries": Delivery}


class CannotMerge(Exception):
    """With itself, or one of them leads elsewhere since."""


class CannotUndo(Exception):
    """Taken back already, or a later merge with the same record comes first."""


@recounting()
def merge(
    *, kept: Supporter, other: Supporter, by: User, token: str, why: str, at: datetime
) -> Merge:
    """Everything of the other is theirs, and its address leads to them.

    Raises AlreadyDone, CannotMerge.
    """
    once(token=token, at=at)
    held = held_of(kept, other)
    if held is None:
        raise CannotMerge
    kept, other = held
    done = Merge.objects.create(kept=kept, other=other, by=by, at=at)
    done.moved = {
        "person": become_one(kept, other),
        "follows": merge_follows(kept=kept, other=other, said_no=has_said_no(kept, other), at=at),
        "giving": move_giving(of=other, to=kept),
        "topics": move_suggestions(of=other, to=kept),
        **{
            name: move(model.objects.filter(supporter=other), to=kept)
            for name, model in MOVED.items()
        },
    }
    done.save(update_fields=["moved"])
    _write_down("supporter.merged", done, by=by, why=why, at=at)
    return done


@recounting()
def undo(*, merge: Merge, by: User, at: datetime) -> None:
    """Two records again, each with what it had. Raises CannotUndo.

    What came meanwhile stays with whom it came to: under their own address, it is theirs.
    """
    held_of(merge.kept, merge.other)
    fresh = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    kept, other, moved = fresh.kept, fresh.other, fresh.moved
    later = Merge.objects.filter(kept=kept, undone_at=None, pk__gt=fresh.pk)
    if fresh.undone_at is not None or kept.merged_into_id is not None or later.exists():
        raise CannotUndo
    fresh.mark_undone(by=by, at=at)
    become_two(kept, other, moved["person"])
    for name, model in MOVED.items():
        move_back(model, moved[name], of=kept, to=other)
    said_since = kept.consents.filter(granted=False, at__gt=fresh.at)
    unmerge_follows(
        moved["follows"], kept=kept, other=other, has_refused=said_since.exists(), at=at
    )
    move_giving_back(
        moved["giving"], of=kept, to=other, addresses=person_of(other).addresses, since=fresh.at
    )
    move_suggestions_back(moved["topics"], of=kept, to=other)
    _write_down("supporter.unmerged", fresh, by=by, why="", at=at)


def held_of(kept: Supporter, other: Supporter) -> tuple[Supporter, Supporter] | None:
    """Both, locked in one order; None unless they are two that stand for themselves."""
    numbers = (kept.pk, other.pk)
    rows = Supporter.everybody.select_for_update(no_key=True).filter(pk__in=numbers)
    held = {row.pk: row for row in rows.order_by("pk")}
    if len(held) != 2 or any(row.merged_into_id is not None for row in held.values()):
        return None
    return held[kept.pk], held[other.pk]


def has_said_no(*people: Supporter) -> bool:
    """Whether either does not want mail about topics: the last word of each, or a complaint."""
    for person in people:
        addresses = person_of(person).addresses
        if Suppression.objects.filter(email__in=addresses, reason__in=NO).exists():
            return True
        said = person.consents.filter(purpose=Consent.Purpose.TOPICS).order_by("-at", "-pk")
        latest = said.first()
        if latest is not None and not latest.granted:
            return True
    return False


def become_one(kept: Supporter, other: Supporter) -> dict[str, Any]:
    """The other leads to the one that stays, and so do those that led to it. What was where.

    A name or a login that only the other had is theirs too; a proof of its mailbox is not.
    """
    record: dict[str, Any] = {"name": kept.name, "user": None, "led": []}
    record["led"] = list(other.merged.order_by("pk").values_list("pk", flat=True))
    other.merged.update(merged_into=kept)
    if kept.user_id is None and other.user_id is not None:
        record["user"], user = other.user_id, other.user
        other.user = None
        other.save(update_fields=["user"])
        kept.user = user
    kept.name = kept.name or other.name
    kept.save(update_fields=["user", "name"])
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    return record


def become_two(kept: Supporter, other: Supporter, record: Mapping[str, Any]) -> None:
    """The other stands for itself; what was corrected since stays."""
    Supporter.everybody.filter(pk__in=record["led"]).update(merged_into=other)
    if not record["name"] and kept.name == other.name:
        kept.name = ""
    moved_user = record["user"] is not None and kept.user_id == record["user"]
    user = kept.user if moved_user else other.user
    if moved_user:
        kept.user = None
    kept.save(update_fields=["user", "name"])
    other.merged_into, other.user = None, user
    other.save(update_fields=["merged_into", "user"])


def _write_down(what: str, merge: Merge, *, by: User, why: str, at: datetime) -> None:
    """In the history of the one that stays."""
    keep_change(
        what=what,
        by=by,
        about=merge,
        name=f"{merge.other_id} → {merge.kept_id}",
        supporter=merge.kept,
        why=why,
        at=at,
    )


def merges_of(person: Person) -> list[Merge]:
    """What stands and could be taken back, the last first."""
    found = Merge.objects.filter(kept=person.supporter, undone_at=None)
    return list(found.select_related("other", "by").order_by("-pk"))
