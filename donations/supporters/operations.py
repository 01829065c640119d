"""What may change about supporters."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import ProtectedError

from donations.supporters.models import Consent, Supporter, User
from donations.supporters.queries import supporter_at


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

    One that was merged into another leads to the one that stayed.

    Whoever types an address into a form does not own it: a name counts once money came with it.
    """
    return (
        Supporter.everybody.select_related("merged_into")
        .get_or_create(
            email=normalise_email(email), defaults={"language": language, "created_at": at}
        )[0]
        .stayed
    )


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


def correct(*, supporter: Supporter, name: str, language: str) -> None:
    """What they are called and how they are written to, as they told us otherwise."""
    supporter.name, supporter.language = name, language
    supporter.save(update_fields=["name", "language"])


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


@transaction.atomic
def login_of(*, email: str) -> User | None:
    """The login behind an address that we know; a supporter who has none yet gets one.

    It opens nothing: whoever asked has yet to read what is sent there.
    """
    address = normalise_email(email)
    supporter = locked_at(address)
    user = holder(supporter) if supporter is not None else None
    if user is None:
        user = User.objects.filter(email=address).first()
    if user is None and supporter is not None:
        user = User.objects.create_user(address)
    return user if user is not None and user.is_active else None


@transaction.atomic
def join_supporter(*, user: User, email: str, at: datetime) -> Supporter | None:
    """Who signed in by a code reads this mailbox: its supporter is theirs, with all past gifts.

    None when nobody of that address is known, or another login has them already.
    """
    supporter = locked_at(normalise_email(email))
    if supporter is None or holder(supporter) not in (None, user):
        return None
    # They may have been somebody at an address that was changed since.
    Supporter.everybody.filter(user=user).exclude(pk=supporter.pk).update(user=None)
    if supporter.user != user:
        supporter.user = user
        supporter.save(update_fields=["user"])
    supporter.mark_proved(at=at)
    return supporter


def locked_at(address: str) -> Supporter | None:
    """Who is known there; of two who ask at once the second waits."""
    list(Supporter.everybody.select_for_update().filter(email=address))
    return supporter_at(address)


def holder(supporter: Supporter) -> User | None:
    """Whose login they are, unless it is of an address that leads to them no more."""
    user = supporter.user
    return user if user is not None and supporter_at(user.email) == supporter else None
