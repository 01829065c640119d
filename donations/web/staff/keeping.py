"""What a colleague does at the desk goes into the history, in the transaction of the deed."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from donations.broadcasts.models import Broadcast
from donations.history.operations import Deed, columns, keep_change
from donations.history.operations import kept as kept_by
from donations.web.staff.access import colleague

State = Callable[[], Mapping[str, Any]]


def kept(
    request: HttpRequest,
    what: str,
    about: Model,
    *names: str,
    at: datetime,
    state: State | None = None,
    name: str | None = None,
) -> AbstractContextManager[Deed]:
    """Around the one call into the domain that changes something.

    `names` are the columns whose before and after are told.
    """
    return kept_by(
        what=what,
        by=colleague(request),
        about=about,
        state=state or columns(about, *names),
        name=named(about) if name is None else name,
        at=at,
    )


def keep_new(
    request: HttpRequest, what: str, made: Model, *names: str, at: datetime, **also: Any
) -> None:
    """Of a row that was just made; called in its transaction."""
    after = {**columns(made, *names)(), **also} if names else also
    by = colleague(request)
    keep_change(what=what, by=by, about=made, after=after, name=named(made), at=at)


def named(row: Model) -> str:
    """As the desk calls it."""
    return row.topic.slug if isinstance(row, Broadcast) else str(row)
