"""Links that we mail to a supporter: whoever follows one reads that mailbox. They expire."""

from datetime import timedelta

from django.core import signing

from donations import links
from donations.supporters.models import Supporter

CONFIRM, CHOICES = "confirm", "choices"
LIFETIMES = {CONFIRM: timedelta(days=30), CHOICES: timedelta(days=90)}


class LinkUnknown(Exception):
    """No link of ours, or one for another purpose, or of somebody who is no longer known."""


class LinkExpired(Exception):
    """One of ours, and too old: the page offers a new one to the same mailbox."""

    def __init__(self, supporter: Supporter) -> None:
        super().__init__("expired")
        self.supporter = supporter


def token_of(supporter: Supporter, *, purpose: str) -> str:
    """Names the supporter and the moment, for one purpose."""
    return _signer(purpose).sign(str(supporter.pk))


def supporter_of(token: str, *, purpose: str) -> Supporter:
    """Whose link it is; of a merged record, who stayed. Raises LinkExpired, LinkUnknown."""
    signer = _signer(purpose)
    try:
        number = signer.unsign(token)
        found = Supporter.everybody.select_related("merged_into").get(pk=number)
    except (signing.BadSignature, Supporter.DoesNotExist) as error:
        raise LinkUnknown from error
    try:
        signer.unsign(token, max_age=LIFETIMES[purpose])
    except signing.SignatureExpired as error:
        raise LinkExpired(found.stayed) from error
    return found.stayed


def confirm_url(supporter: Supporter, language: str) -> str:
    """The page that asks whether it was the owner of the address who wants news about topics."""
    token = token_of(supporter, purpose=CONFIRM)
    return links.page("topics_confirm", language=language, token=token)


def choices_url(supporter: Supporter, language: str) -> str:
    """The page on which topics and language are chosen."""
    token = token_of(supporter, purpose=CHOICES)
    return links.page("choices", language=language, token=token)


def _signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"donations.supporters.links.{purpose}")
