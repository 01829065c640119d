"""Receipts that a colleague sends again."""

from datetime import datetime

from django.db import transaction

from donations.care.errands import once
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.history.operations import keep_change
from donations.outbox.models import Message
from donations.supporters.models import User


@transaction.atomic
def send_again(*, donation: Donation, by: User, token: str, at: datetime) -> Message:
    """Once more. Raises AlreadyDone, NobodyToWriteTo, TooSoon."""
    once(token=token, at=at)
    message = giving.send_receipt_again(donation=donation, at=at)
    keep_change(
        what="donation.receipt_resent", by=by, about=donation, supporter=donation.supporter, at=at
    )
    return message
