"""Another address: nothing changes before the new mailbox answers, and the old one may object.

Whether the new address is somebody's already is never told: then the same mails go out, and the
answer changes nothing.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction

from donations.supporters.models import AddressChange, Supporter, User
from donations.supporters.operations import normalise_email

LIFETIME = timedelta(days=1)
# The old mailbox may call it off for longer than it may be confirmed: it may read later.
OBJECTION = timedelta(days=30)
CONFIRM, OBJECT = "confirm", "object"


class ChangeUnknown(Exception):
    """No link of ours, or too old, or the wish was called off, replaced or carried out."""


@transaction.atomic
def want_address(*, supporter: Supporter, new: str, at: datetime) -> AddressChange | None:
    """Keep the wish; an earlier one that waits is replaced. None when it is theirs already.

    The same wish again, as by a double click, is the one that waits.
    """
    address = normalise_email(new)
    locked = Supporter.objects.select_for_update(no_key=True).get(pk=supporter.pk)
    if address == locked.email:
        return None
    waiting = AddressChange.objects.waiting().filter(supporter=locked)
    if same := waiting.filter(new=address, asked_at__gt=at - LIFETIME).first():
        return same
    waiting.mark_ended(at=at)
    return AddressChange.objects.create(
        supporter=locked, old=locked.email, new=address, asked_at=at
    )


def token_of(change: AddressChange, *, purpose: str) -> str:
    """For the new mailbox to confirm, or for the old one to object."""
    return _signer(purpose).sign(str(change.pk))


def change_of(token: str, *, purpose: str) -> AddressChange:
    """The wish that a link is about, while it waits. Raises ChangeUnknown."""
    age = LIFETIME if purpose == CONFIRM else OBJECTION
    try:
        number = _signer(purpose).unsign(token, max_age=age)
        return AddressChange.objects.waiting().select_related("supporter").get(pk=number)
    except (signing.BadSignature, AddressChange.DoesNotExist) as error:
        raise ChangeUnknown from error


@transaction.atomic
def confirm_address(*, change: AddressChange, at: datetime) -> bool:
    """The new mailbox answered. False when the address is somebody else's meanwhile.

    Whoever is signed in under the old address stays so: the login goes along. Raises
    ChangeUnknown.
    """
    supporter = Supporter.objects.select_for_update().get(pk=change.supporter_id)
    if not AddressChange.objects.filter(pk=change.pk).mark_confirmed(at=at):
        raise ChangeUnknown
    is_taken = Supporter.everybody.filter(email=change.new).exists()
    users = User.objects.filter(email=change.new).exclude(pk=supporter.user_id or 0)
    if is_taken or users.exists() or supporter.email != change.old:
        AddressChange.objects.filter(pk=change.pk).update(confirmed_at=None, ended_at=at)
        return False
    supporter.email, supporter.proved_at = change.new, at
    supporter.save(update_fields=["email", "proved_at"])
    user = supporter.user
    if user is not None and not user.is_staff:
        user.email = change.new
        user.save(update_fields=["email"])
        EmailAddress.objects.filter(user=user, email__iexact=change.old).delete()
    return True


def call_off(*, change: AddressChange, at: datetime) -> bool:
    """The old mailbox objects. False when it is over already."""
    return bool(AddressChange.objects.filter(pk=change.pk).mark_ended(at=at))


def _signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"donations.supporters.addresses.{purpose}")
