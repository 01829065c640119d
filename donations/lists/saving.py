"""Views that colleagues keep of a list."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from donations.lists.models import SavedView
from donations.supporters.models import User

LONGEST_QUERY = 4000


class NameTaken(Exception):
    """They have another view of this name."""


def views_of(*, user: User, room: str) -> QuerySet[SavedView]:
    """Their own and those that colleagues share, by name."""
    seen = Q(owner=user) | Q(is_shared=True)
    found = SavedView.objects.filter(seen, room=room).select_related("owner")
    return found.order_by(Lower("name"), "pk")


def save_view(
    *, owner: User, room: str, name: str, query: str, is_shared: bool, at: datetime
) -> SavedView:
    """Keep a list under a name; the same name again is the same view, newly kept."""
    kept = {"query": query[:LONGEST_QUERY], "is_shared": is_shared, "changed_at": at}
    return SavedView.objects.update_or_create(owner=owner, room=room, name=name, defaults=kept)[0]


def rename_view(*, view: SavedView, name: str, is_shared: bool, at: datetime) -> None:
    """Another name, or for other eyes. Raises NameTaken."""
    try:
        with transaction.atomic():
            view.mark_renamed(name=name, is_shared=is_shared, at=at)
    except IntegrityError:
        raise NameTaken(name) from None


def delete_view(*, owner: User, number: int) -> bool:
    """Keep it no longer; False where there is none of theirs (any more)."""
    return bool(SavedView.objects.filter(owner=owner, pk=number).delete()[0])
