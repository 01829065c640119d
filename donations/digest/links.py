"""The way out that stands in every digest: it does not expire (RFC 8058, 3.1)."""

from django.urls import reverse

from donations import links
from donations.seals import seal, unseal
from donations.supporters.models import User

PURPOSE = "digest"


def leave_url(user: User) -> str:
    """The page that stops it, for whoever holds the link."""
    return links.absolute(reverse("digest_leave", args=[seal(user.pk, purpose=PURPOSE)]))


def user_of(token: str) -> User | None:
    """Whose link it is; None when it is none of ours."""
    number = unseal(token, purpose=PURPOSE)
    return User.objects.filter(pk=number).first() if number is not None else None
