"""Whether somebody signs in with more than a password."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from donations.supporters.models import User

# Recovery codes come with one of these, and are none by themselves.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def with_factor(users: "QuerySet[User]") -> "QuerySet[User]":
    """The same, each knowing whether they have a second factor."""
    theirs = Authenticator.objects.filter(user=OuterRef("pk"), type__in=KINDS)
    return users.annotate(is_protected=Exists(theirs))


def has_factor(user: User) -> bool:
    """Whether they have; without a query for who came through the door (see backend.py)."""
    known = getattr(user, "is_protected", None)
    if known is None:
        return bool(Authenticator.objects.filter(user=user, type__in=KINDS).exists())
    return bool(known)


def must_add_factor(user: User) -> bool:
    """Whether nothing opens to them before they have set up a second factor."""
    return settings.STAFF_NEED_SECOND_FACTOR and not has_factor(user)
