"""What has to hold after any crash: nothing lost, nothing twice, every gift thanked for."""

import email
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from donations.giving.models import Donation
from donations.outbox import operations as outbox
from donations.outbox.models import Message
from donations.reconciliation.rebuild import differences
from donations.webhooks import operations as webhooks
from donations.webhooks.models import InboundEvent
from tests.services.processes import wait_for
from tests.services.service import Service

# Longer than any lease, any wait before a second copy and any pause between the first tries.
ROUND = timedelta(minutes=21)
ROUNDS = 8


def settle(service: Service) -> None:
    """Let the running service do what it can do by itself in a short while."""
    assert service.stripe.wait_for_deliveries(60)
    assert wait_for(nothing_is_due)


def nothing_is_due() -> bool:
    """No event and no letter whose time has come."""
    now = timezone.now()
    return not (InboundEvent.objects.due(at=now).exists() or Message.objects.due(now).exists())


def nothing_waits() -> bool:
    """No event and no letter that is not yet done with."""
    return waiting() == [] and not Message.objects.exclude(state=Message.State.SENT).exists()


def hours_pass() -> None:
    """What the sweeper finds over the next hours; the service has to be stopped."""
    at = timezone.now()
    for _round in range(ROUNDS):
        webhooks.process_due(at=at)
        outbox.sweep(at=at)
        outbox.send_due(at=at)
        at += ROUND


@dataclass(frozen=True)
class Figures:
    """What a comparison found, when nothing is wrong."""

    payments: int
    letters: int
    sent_again: int
    second_copies: int

    def __str__(self) -> str:
        return (
            f"{self.payments} payments, none lost, none twice; {self.letters} letters, "
            f"{self.sent_again} sent again, {self.second_copies} second copies"
        )


def check(service: Service) -> Figures:
    """Compare with what Stripe and the mail server have."""
    assert waiting() == []
    assert differences() == []
    paid = paid_at(service)
    recorded = [donation.gateway_ref for donation in Donation.objects.all()]
    assert Counter(recorded) == Counter(paid)
    copies = check_letters(service)
    return Figures(
        payments=len(paid),
        letters=len(copies),
        sent_again=Message.objects.filter(resends__gt=0).count(),
        second_copies=copies.total() - len(copies),
    )


def waiting() -> list[str]:
    """Events that were not understood, with why."""
    undone = InboundEvent.objects.exclude(state=InboundEvent.State.DONE)
    return [f"{event.kind}: {event.error}" for event in undone]


def paid_at(service: Service) -> list[str]:
    """What the stand-in says was paid: one-off payments and invoices."""
    world = service.stripe.world
    with world.lock:
        sessions = world.newest_first("checkout.session")
        invoices = world.newest_first("invoice")
        once = [
            str(session["payment_intent"])
            for session in sessions
            if session["mode"] == "payment" and session["payment_status"] == "paid"
        ]
        return once + [str(one["id"]) for one in invoices if one["status"] == "paid"]


def check_letters(service: Service) -> Counter[str]:
    """One letter for each donation, received once unless it was uncertain: how often each came."""
    letters = {f"{message.kind}.{message.token.hex}": message for message in Message.objects.all()}
    keys = Counter(message.key for message in letters.values())
    assert keys == Counter(f"thanks:{donation}" for donation in Donation.objects.all())
    copies = Counter(ident(received.body) for received in service.smtp.received)
    assert copies.keys() == letters.keys()
    for name, message in letters.items():
        assert message.state == Message.State.SENT, f"{message}: {message.state} {message.error}"
        assert copies[name] <= 1 + message.resends, f"{message} came {copies[name]} times"
    return copies


def ident(body: bytes) -> str:
    """The part of the Message-ID before the domain."""
    return str(email.message_from_bytes(body)["Message-ID"]).strip().strip("<>").partition("@")[0]
