"""A receipt once more, for somebody who cannot find theirs."""

from datetime import datetime, timedelta

from django.db import transaction

from donations.giving.models import Donation
from donations.giving.operations.letters import thanks_for
from donations.outbox.models import Message, Suppression
from donations.outbox.operations import queue

MOST_COPIES = 3
BETWEEN = timedelta(minutes=10)
UNDER_WAY = (Message.State.PENDING, Message.State.CLAIMED)


class NobodyToWriteTo(Exception):
    """No address is known, or no mail arrives there."""


class TooSoon(Exception):
    """The last one is on its way, or there were enough."""


@transaction.atomic
def send_receipt_again(*, donation: Donation, at: datetime) -> Message:
    """A new mail that says the same. Raises NobodyToWriteTo, TooSoon.

    Three in all and ten minutes apart: whoever does not find those looks in the wrong mailbox.
    """
    locked = Donation.objects.select_for_update(of=("self",)).get(pk=donation.pk)
    letter = thanks_for(locked)
    dead = Suppression.objects.of_everything()
    if not letter or dead.filter(email=letter["to"]).exists():
        raise NobodyToWriteTo
    keys = [f"thanks:{locked}", *(f"thanks:{locked}:again:{n}" for n in range(1, MOST_COPIES + 1))]
    sent = list(Message.objects.filter(key__in=keys).order_by("created_at"))
    free = [key for key in keys[1:] if key not in {each.key for each in sent}]
    if not free or any(each.state in UNDER_WAY or at - each.created_at < BETWEEN for each in sent):
        raise TooSoon
    return queue(key=free[0], at=at, **letter)
