"""Writing the history."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from donations.history.models import Change
from donations.outlet.models import Outlet
from donations.supporters.models import Supporter, User


@dataclass
class Deed:
    """What is being done. `happened` is for what leaves no trace in the row itself."""

    happened: bool = False
    also: dict[str, Any] = field(default_factory=dict)
    supporter: Supporter | None = None


@contextmanager
def kept(
    *,
    what: str,
    by: User | None,
    about: Model,
    state: Callable[[], Mapping[str, Any]],
    name: str | None = None,
    at: datetime,
) -> Iterator[Deed]:
    """Do something to a row, and append what became of it, in one transaction.

    `state` is asked before and after; where nothing differs and nothing `happened`, nothing is
    appended. Colleagues take turns, so that before is what the other left.
    """
    name = str(about) if name is None else name
    with transaction.atomic():
        list(Outlet.objects.select_for_update().values_list("pk"))
        before, deed = plain(state()), Deed()
        yield deed
        after = plain(state())
        if before != after or deed.happened:
            keep_change(
                what=what,
                by=by,
                about=about,
                before=before,
                after={**after, **plain(deed.also)},
                supporter=deed.supporter,
                name=name,
                at=at,
            )


def columns(row: Model, *names: str) -> Callable[[], dict[str, Any]]:
    """These columns of a row as the database has them; nothing once the row is gone."""
    # Who is signed in is a lazy stand-in for a row: its type says nothing.
    found = row.__class__._default_manager.filter(pk=row.pk).values(*names)  # noqa: SLF001
    return lambda: next(iter(found.all()), {})


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON has it."""
    return {name: simple(value) for name, value in values.items()}


def simple(value: Any) -> Any:
    """Moments and the like as text."""
    if value is None or isinstance(value, bool | int | str | dict):
        return value
    if isinstance(value, list | tuple):
        return [simple(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def keep_change(
    *,
    what: str,
    by: User | None,
    about: Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    supporter: Supporter | None = None,
    name: str | None = None,
    why: str = "",
    at: datetime,
) -> Change:
    """Append what a colleague did, in the transaction of the deed itself.

    Only what differs is kept; `by` is None for the command line.
    """
    was, became = differing(plain(before or {}), plain(after or {}))
    return Change.objects.create(
        what=what,
        by=by,
        by_email=by.email if by else "",
        about_kind=about.__class__.__name__.lower(),
        about_id=str(about.pk),
        about_name=(str(about) if name is None else name)[:200],
        supporter=supporter,
        before=was,
        after=became,
        why=why,
        at=at,
    )


def differing(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is not the same on both sides."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
