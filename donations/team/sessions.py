"""Where colleagues are signed in: noted when they sign in, ended by them or an administrator."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from donations.supporters.models import User
from donations.team.models import SignIn

NOTED = "signed_in"
# A page a second must not be a write a second.
OFTEN = timedelta(minutes=10)


def note_sign_in(
    *, session: SessionBase, user: User, browser: str, place: str | None, at: datetime
) -> None:
    """A colleague has just signed in here. What is over elsewhere is forgotten."""
    for each in SignIn.objects.filter(user=user):
        if not is_alive(each):
            each.delete()
    if session.session_key is None:
        session.save()
    signed = SignIn.objects.update_or_create(
        session_key=session.session_key,
        defaults={
            "user": user, "browser": browser[:300], "place": place, "at": at, "seen_at": at
        },
    )[0]  # fmt: skip
    session[NOTED] = [signed.pk, signed.session_key, at.isoformat()]


def note_seen(*, session: SessionBase, user: User, at: datetime) -> None:
    """Now and then; at once where the session has got another key, as with a new password."""
    noted = session.get(NOTED)
    if noted is None:
        return
    number, key, seen = noted
    if key == session.session_key and at - datetime.fromisoformat(seen) < OFTEN:
        return
    SignIn.objects.filter(pk=number, user=user).update(session_key=session.session_key, seen_at=at)
    session[NOTED] = [number, session.session_key, at.isoformat()]


def sign_ins(user: User) -> "list[SignIn]":
    """Those that are still open, the last seen first."""
    return [each for each in newest(user) if is_alive(each)]


def newest(user: User) -> "QuerySet[SignIn]":
    """All that were noted."""
    return SignIn.objects.filter(user=user).select_related("user").order_by("-seen_at", "-pk")


def end(*, sign_ins: Iterable[SignIn]) -> int:
    """Whoever sits there is signed out at once; how many. A second time there is nothing to end."""
    ended = 0
    for each in sign_ins:
        store(each.session_key).delete(each.session_key)
        ended += bool(SignIn.objects.filter(pk=each.pk).delete()[0])
    return ended


def end_all(*, user: User) -> int:
    """Everywhere."""
    return end(sign_ins=newest(user))


def is_alive(signed: SignIn) -> bool:
    """Whether the session is there, and of the password that its user has now."""
    kept = store(signed.session_key).load()
    told = kept.get(HASH_SESSION_KEY, "")
    return bool(told) and constant_time_compare(told, signed.user.get_session_auth_hash())


def store(key: str) -> Any:
    """The session of this key, whatever the settings keep sessions in."""
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
