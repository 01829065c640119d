"""What an administrator may change about a colleague, and everybody about themselves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from donations.history.operations import columns, keep_change
from donations.supporters.models import Role, User
from donations.team import sessions
from donations.team.operations.inviting import take_turns
from donations.team.rights import role_of


class OnOneself(Exception):
    """Nobody raises themselves, or locks themselves out."""


class LastAdministrator(Exception):
    """Nobody would be left who can let others in."""


@transaction.atomic
def change_role(*, user: User, role: Role, by: User, at: datetime) -> bool:
    """Another role from now on; False when it is theirs. Raises OnOneself, LastAdministrator.

    A superuser who becomes anything less is none any more.
    """
    found = another(user, by)
    was = role_of(found) or found.role
    if was == role:
        return False
    if role != Role.ADMINISTRATOR:
        refuse_last(found)
        found.is_superuser = False
    found.role = role
    found.save(update_fields=["role", "is_superuser"])
    keep_change(
        what="colleague.role_changed",
        by=by,
        about=found,
        before={"role": str(was)},
        after={"role": str(role)},
        at=at,
    )
    return True


@transaction.atomic
def deactivate(*, user: User, by: User, at: datetime) -> bool:
    """Out at once, everywhere; False when they are. Raises OnOneself, LastAdministrator."""
    found = another(user, by)
    if not found.is_active:
        return False
    refuse_last(found)
    found.is_active = False
    found.save(update_fields=["is_active"])
    sessions.end_all(user=found)
    keep_change(
        what="colleague.deactivated",
        by=by,
        about=found,
        before={"is_active": True},
        after={"is_active": False},
        at=at,
    )
    return True


@transaction.atomic
def reactivate(*, user: User, by: User, at: datetime) -> bool:
    """In again, with the role that they had; False when they are. Raises OnOneself."""
    found = another(user, by)
    if found.is_active:
        return False
    found.is_active = True
    found.save(update_fields=["is_active"])
    keep_change(
        what="colleague.reactivated",
        by=by,
        about=found,
        before={"is_active": False},
        after={"is_active": True},
        at=at,
    )
    return True


@transaction.atomic
def sign_out(*, user: User, besides: str | None, only: int | None, by: User, at: datetime) -> int:
    """End where somebody is signed in: everywhere, everywhere else, or in one place; how many."""
    found = sessions.newest(user)
    if only is not None:
        found = found.filter(pk=only)
    if besides is not None:
        found = found.exclude(session_key=besides)
    ended = sessions.end(sign_ins=found)
    if ended:
        keep_change(
            what="colleague.signed_out", by=by, about=user, after={"sessions": ended}, at=at
        )
    return ended


@transaction.atomic
def change_oneself(
    *, user: User, name: str, language: str, wants_digest: bool, at: datetime
) -> bool:
    """One's own name and wishes; False when they stand so."""
    state = columns(user, "first_name", "language", "wants_digest")
    before = state()
    after = {"first_name": name, "language": language, "wants_digest": wants_digest}
    if before == after:
        return False
    User.objects.filter(pk=user.pk).update(**after)
    keep_change(what="colleague.changed", by=user, about=user, before=before, after=after, at=at)
    return True


def another(user: User, by: User) -> User:
    """A colleague as they are now, once it is this one's turn. Raises OnOneself."""
    take_turns()
    if user.pk == by.pk:
        raise OnOneself
    return User.objects.get(pk=user.pk, is_staff=True)


def refuse_last(user: User) -> None:
    """Raises LastAdministrator if nobody else could let people in."""
    can = Q(role=Role.ADMINISTRATOR) | Q(is_superuser=True)
    others = User.objects.filter(can, is_staff=True, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise LastAdministrator
