"""Somebody is asked to become a colleague, by a link that works once and not for long."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.core import signing
from django.db import transaction

from donations import links
from donations.history.operations import keep_change
from donations.outbox import operations as outbox
from donations.outbox.models import Message
from donations.outlet.models import Outlet
from donations.supporters.models import Role, User
from donations.supporters.operations import normalise_email
from donations.team import sessions
from donations.team.models import Invitation

LASTS = timedelta(days=7)
SALT = "donations.team.invitation"


class AlreadyColleague(Exception):
    """They are one, or were one and can be let in again."""


class Why(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    ACCEPTED = "accepted"


class InvitationOver(Exception):
    """The link opens nothing, any more or at all."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@transaction.atomic
def invite(*, email: str, role: Role, language: str, by: User, at: datetime) -> Invitation:
    """Ask them by mail; who was asked already is asked anew, by a further link.

    Raises AlreadyColleague. A supporter's login of this address becomes a colleague's once they
    accept.
    """
    take_turns()
    email = normalise_email(email)
    if User.objects.filter(email=email, is_staff=True).exists():
        raise AlreadyColleague(email)
    waiting = Invitation.objects.waiting().filter(email=email).first()
    if waiting is not None:
        before = {"role": waiting.role, "language": waiting.language}
        waiting.role, waiting.language, waiting.invited_by = role, language, by
        return send(waiting, "invitation.sent_again", by=by, at=at, before=before)
    made = Invitation(email=email, role=role, language=language, invited_by=by, created_at=at)
    made.nonce = 0
    return send(made, "invitation.sent", by=by, at=at, before={})


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime) -> bool:
    """A new link for seven more days; the earlier one is void. False when it is over."""
    take_turns()
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk).first()
    if waiting is None:
        return False
    send(waiting, "invitation.sent_again", by=by, at=at, before={"until": waiting.expires_at})
    return True


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, at: datetime) -> bool:
    """Its link opens nothing any more; False when it was accepted or withdrawn before."""
    done = bool(Invitation.objects.filter(pk=invitation.pk).mark_withdrawn(at=at))
    if done:
        before = {"role": invitation.role}
        keep_change(what="invitation.withdrawn", by=by, about=invitation, before=before, at=at)
    return done


def opened(token: str, *, at: datetime) -> Invitation:
    """The invitation that a link leads to. Raises InvitationOver."""
    try:
        number, nonce = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise InvitationOver(Why.UNKNOWN) from error
    invitation = Invitation.objects.select_related("invited_by").filter(pk=number).first()
    if invitation is None:
        raise InvitationOver(Why.UNKNOWN)
    if invitation.accepted_at is not None:
        raise InvitationOver(Why.ACCEPTED)
    if invitation.withdrawn_at is not None:
        raise InvitationOver(Why.WITHDRAWN)
    if invitation.nonce != nonce:
        raise InvitationOver(Why.REPLACED)
    if invitation.is_over(at):
        raise InvitationOver(Why.EXPIRED)
    return invitation


@transaction.atomic
def accept(*, token: str, name: str, password: str | None, at: datetime) -> tuple[User, bool]:
    """They are a colleague from now on; True when their login is new. Raises InvitationOver.

    A login that was there keeps its password and its second factor, and is signed out
    everywhere: whoever accepts has shown that they read the mailbox, and nothing else.
    """
    take_turns()
    invitation = opened(token, at=at)
    if not Invitation.objects.filter(pk=invitation.pk).mark_accepted(at=at):
        raise InvitationOver(Why.ACCEPTED)
    user = User.objects.filter(email=invitation.email).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(invitation.email, password, first_name=name)
    user.is_staff, user.is_active, user.role = True, True, invitation.role
    user.language = invitation.language
    user.save(update_fields=["is_staff", "is_active", "role", "language"])
    if not is_new:
        sessions.end_all(user=user)
    keep_change(what="colleague.joined", by=user, about=user, after={"role": user.role}, at=at)
    return user, is_new


def send(
    invitation: Invitation, what: str, *, by: User, at: datetime, before: Mapping[str, object]
) -> Invitation:
    """A letter with the only link that counts from now on, and a line in the history."""
    invitation.nonce += 1
    invitation.expires_at = at + LASTS
    invitation.save()
    outbox.queue(
        key=f"invitation:{invitation.pk}:{invitation.nonce}",
        kind=Message.Kind.INVITATION,
        to=invitation.email,
        language=invitation.language,
        context={
            "invited_by": by.get_full_name() or by.email,
            "role": invitation.role,
            "join_url": join_url(invitation),
            "until": invitation.expires_at.isoformat(),
        },
        at=at,
    )
    after = {
        "role": invitation.role,
        "language": invitation.language,
        "until": invitation.expires_at,
    }
    keep_change(what=what, by=by, about=invitation, before=before, after=after, at=at)
    return invitation


def join_url(invitation: Invitation) -> str:
    """Where they accept."""
    token = signing.dumps([invitation.pk, invitation.nonce], salt=SALT)
    return links.page("join", language=invitation.language, token=token)


def take_turns() -> None:
    """One at a time, until the transaction ends."""
    list(Outlet.objects.select_for_update().values_list("pk"))
