"""Colleagues who are asked to join, and where those who did are signed in."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from donations.supporters.models import Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters, and the only doors through which one ends."""

    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; perhaps too old."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def mark_accepted(self, *, at: datetime) -> int:
        """Once."""
        return self.waiting().update(accepted_at=at)

    def mark_withdrawn(self, *, at: datetime) -> int:
        """It opens nothing any more."""
        return self.waiting().update(withdrawn_at=at)


class Invitation(models.Model):
    """Somebody is asked to become a colleague.

    The link that they get by mail names `nonce`: sent again, the earlier one opens nothing.
    """

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=13, choices=Role)
    language = models.CharField(max_length=8)
    invited_by = models.ForeignKey(
        "donations.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    nonce = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invited_once",
                fields=["email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.email

    def is_over(self, at: datetime) -> bool:
        """Whether its time has run out."""
        return at >= self.expires_at


class SignIn(models.Model):
    """A browser in which a colleague is signed in."""

    user = models.ForeignKey("donations.User", on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=300, blank=True)
    # None behind a socket, where nobody has a place.
    place = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.browser
