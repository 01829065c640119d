"""What colleagues changed, newest first."""

from dataclasses import dataclass

from django.db.models import QuerySet

from donations.history.models import Change

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Slice:
    """A page, and where the next begins."""

    changes: list[Change]
    older: int | None


def changes(
    *, by: int | None = None, noun: str = "", kind: str = "", number: str = ""
) -> "QuerySet[Change]":
    """Those of a colleague, about a kind of thing, about one row."""
    found = Change.objects.select_related("by").order_by("-pk")
    if by is not None:
        found = found.filter(by=by)
    if noun:
        found = found.filter(what__startswith=f"{noun}.")
    if kind:
        found = found.filter(about_kind=kind)
    return found.filter(about_id=number) if kind and number else found


def sliced(found: "QuerySet[Change]", *, before: int | None) -> Slice:
    """Those before a change, or the newest: the last page is as near as the first."""
    rows = list((found.filter(pk__lt=before) if before else found)[: PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    return Slice(changes=shown, older=shown[-1].pk if len(rows) > PER_PAGE else None)
