"""Links in letters that open one receipt without signing in. They expire."""

from datetime import timedelta

from django.core import signing

from donations import links
from donations.giving import belongings
from donations.giving.models import Donation
from donations.supporters.models import Supporter

SIGNER = signing.TimestampSigner(salt="donations.giving.receiptlinks")
LIFETIME = timedelta(days=90)


class LinkExpired(Exception):
    """One of ours, and too old."""

    def __init__(self, gift: Donation) -> None:
        super().__init__("expired")
        self.gift = gift


def receipt_url(*, donation: Donation, supporter: Supporter, language: str) -> str:
    """Names the gift and whose it is: should it turn out another's, the link opens nothing."""
    token = SIGNER.sign(f"{donation.pk}-{supporter.pk}")
    return links.page("receipt", language=language, token=token)


def gift_of(token: str) -> Donation | None:
    """The gift that a link names; None for what is no link of ours. Raises LinkExpired."""
    try:
        number, _dash, whose = SIGNER.unsign(token).partition("-")
        supporter = Supporter.everybody.select_related("merged_into").get(pk=whose).stayed
    except (signing.BadSignature, Supporter.DoesNotExist):
        return None
    gift = belongings.gift_of(supporter, int(number))
    try:
        SIGNER.unsign(token, max_age=LIFETIME)
    except signing.SignatureExpired as error:
        if gift is not None:
            raise LinkExpired(gift) from error
    return gift
