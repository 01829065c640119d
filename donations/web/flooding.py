"""Counting who sends a form, so that it cannot be used against others."""

from allauth.core.internal import ratelimit
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def is_flooding(request: HttpRequest, *, action: str, email: str, rates: tuple[str, str]) -> bool:
    """Whether this address (the first rate) or this place (the second) did it too often."""
    per_person, per_place = rates
    try:
        return not ratelimit.consume(
            request,
            app="donations",
            action=action,
            config={action: f"{per_person},{per_place}" if email else per_place},
            key=email.lower() or None,
            limit_get=True,
        )
    except PermissionDenied:  # Behind a Unix socket nobody has a place: the address has to do.
        return False
