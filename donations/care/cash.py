"""Cash and bank transfers, entered by a colleague: notifications like those of any provider.

What was entered is never edited. A mistake is given back, which leaves nothing of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from donations.gateways import manual
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.giving.operations.letters import FRESH, thanks_for
from donations.history.operations import keep_change
from donations.money import Money
from donations.outbox.operations import queue
from donations.supporters.models import Supporter, User
from donations.webhooks.operations import hear

# Clocks differ a little, and days begin at different times.
TOLERANCE = timedelta(minutes=5)


class AlreadyEntered(Exception):
    """The reference is in the books already; `donation` is what it stands for."""

    def __init__(self, donation: Donation) -> None:
        super().__init__(donation.gateway_ref)
        self.donation = donation


class NotYet(Exception):
    """Its day has not come."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """Money in a hand or on the bank account, and whose it is.

    `supporter` is somebody known; else `email` and `name` of somebody new; else it is nobody's.
    """

    ref: str
    way: manual.Way
    money: Money
    received_at: datetime
    supporter: Supporter | None = None
    email: str = ""
    name: str = ""
    note: str = ""
    thanks: bool = False


@transaction.atomic
def enter(*, received: Received, by: User, at: datetime) -> Donation:
    """Into the books, once for a reference. Raises AlreadyEntered, NotYet."""
    if received.received_at > at + TOLERANCE:
        raise NotYet
    known = Donation.objects.filter(gateway=manual.NAME, gateway_ref=received.ref)
    if there := known.first():
        raise AlreadyEntered(there)
    hear(gateway=manual.NAME, told=[manual.as_notification(entry_of(received))], at=at)
    donation = known.get()
    keep_change(
        what="donation.entered",
        by=by,
        about=donation,
        supporter=whose(donation, received, by=by, at=at),
        after={"amount_minor": donation.amount_minor, "currency": donation.currency},
        at=at,
    )
    if received.thanks:
        thank(donation=donation, at=at)
    return donation


def entry_of(received: Received) -> manual.Entry:
    """As it is kept. Somebody known is named by the decision alone, not in the notification."""
    is_known = received.supporter is not None
    return manual.Entry(
        ref=received.ref,
        way=received.way,
        amount_minor=received.money.minor,
        currency=received.money.currency,
        received_at=received.received_at.isoformat(),
        payer_email="" if is_known else received.email,
        payer_name="" if is_known else received.name,
        note=received.note,
    )


def whose(donation: Donation, received: Received, *, by: User, at: datetime) -> Supporter | None:
    """Decided as for any gift that says nothing of it, so that it can be taken back."""
    if received.supporter is not None:
        giving.attach(donation=donation, supporter=received.supporter, by=by, at=at)
    elif received.email:
        giving.create_supporter(donation=donation, by=by, at=at)
    else:
        giving.leave(donation=donation, by=by, at=at)
    donation.refresh_from_db()
    return donation.supporter


def thank(*, donation: Donation, at: datetime) -> bool:
    """A mail, if it still makes sense: who gave long ago has forgotten it."""
    letter = thanks_for(donation)
    if not letter or at - donation.received_at > FRESH:
        return False
    queue(key=f"thanks:{donation}", at=at, **letter)
    return True
