"""What may change about supporters."""

from datetime import datetime

from django.db import transaction

from donations.supporters.models import Consent, Supporter


def normalise_email(email: str) -> str:
    """The form under which one person is one row."""
    return email.strip().lower()


@transaction.atomic
def meet_supporter(*, email: str, language: str, at: datetime) -> Supporter:
    """The supporter of this address, made at first sight, without a name.

    Whoever types an address into a form does not own it: a name counts once money came with it.
    """
    return Supporter.objects.get_or_create(
        email=normalise_email(email), defaults={"language": language, "created_at": at}
    )[0]


def learn_name(*, supporter: Supporter, name: str) -> None:
    """The name that came with a payment. The first one stands."""
    if name and not supporter.name:
        supporter.name = name
        supporter.save(update_fields=["name"])


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
