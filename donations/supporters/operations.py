"""What may change about supporters."""

from datetime import datetime

from django.db import transaction

from donations.supporters.models import Consent, Supporter


def normalise_email(email: str) -> str:
    """The form under which one person is one row."""
    return email.strip().lower()


@transaction.atomic
def meet_supporter(*, email: str, name: str, language: str, at: datetime) -> Supporter:
    """The supporter of this address, made at first sight.

    A later form changes nothing about a known person: whoever types an address does not own it.
    """
    return Supporter.objects.get_or_create(
        email=normalise_email(email),
        defaults={"name": name, "language": language, "created_at": at},
    )[0]


def record_consent(
    *, supporter: Supporter, purpose: str, granted: bool, wording: str, source: str, at: datetime
) -> Consent:
    """Append what was said; the same answer from the same source is kept once."""
    return Consent.objects.get_or_create(
        supporter=supporter,
        purpose=purpose,
        source=source,
        granted=granted,
        defaults={"wording": wording, "at": at},
    )[0]
