"""Who works here."""

from django.db.models import Max, QuerySet

from donations.supporters.models import User
from donations.team.factors import with_factor
from donations.team.models import Invitation


def colleagues() -> "QuerySet[User]":
    """Those who are in first, by address; with their second factor and when they were last seen."""
    found = with_factor(User.objects.filter(is_staff=True))
    return found.annotate(seen_at=Max("sign_ins__seen_at")).order_by("-is_active", "email")


def waiting_invitations() -> "QuerySet[Invitation]":
    """Asked, and not here yet; the newest first."""
    return Invitation.objects.waiting().select_related("invited_by").order_by("-pk")
