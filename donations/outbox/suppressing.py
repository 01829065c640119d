"""Leaving an address alone."""

from datetime import datetime

from donations.outbox.models import Suppression


def suppress(
    *, email: str, reason: Suppression.Reason, source: str, detail: str, at: datetime
) -> Suppression:
    """Write there no more; the first word about it stands, a second changes nothing."""
    return Suppression.objects.get_or_create(
        email=email.strip().lower(),
        reason=reason,
        defaults={"source": source[:100], "detail": detail[:300], "at": at},
    )[0]


def lift(*, suppression: Suppression) -> None:
    """Write there again; a second time changes nothing."""
    Suppression.objects.filter(pk=suppression.pk).delete()
