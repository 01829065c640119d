"""What may change about supporters."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import ProtectedError

from donations.supporters.models import Consent, Supporter


def normalise_email(email: str) -> str:
    """The form under which one person is one row."""
    return email.strip().lower()


def mailbox(told: str) -> str:
    """What a provider calls an address, in that form; blank when no mail could go there."""
    try:
        validate_email(told)
    except ValidationError:
        return ""
    return normalise_email(told)


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


def learn_language(*, supporter: Supporter, language: str) -> None:
    """The language that they chose themselves."""
    if supporter.language != language:
        supporter.language = language
        supporter.save(update_fields=["language"])


def record_consent(
    *, supporter: Supporter, purpose: str, granted: bool, wording: str, source: str, at: datetime
) -> Consent:
    """Append what was said; told again, or repeated at once, it is kept once."""
    said = Consent.objects.filter(supporter=supporter, purpose=purpose).order_by("-pk")
    latest = said.filter(source=source).first()
    if latest is not None and latest.granted == granted:
        is_told_again = latest.at == at
        if is_told_again or (latest.wording == wording and latest == said.first()):
            return latest
    return Consent.objects.create(
        supporter=supporter,
        purpose=purpose,
        source=source,
        granted=granted,
        wording=wording,
        at=at,
    )


def forget_unused(*, supporter: Supporter) -> None:
    """Remove a row that was made by mistake; one that anything else hangs on stays."""
    has_said = Consent.objects.filter(supporter=supporter).exists()
    if supporter.user_id is not None or has_said:
        return
    with suppress(ProtectedError), transaction.atomic():
        supporter.delete()
