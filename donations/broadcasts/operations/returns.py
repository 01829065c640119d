"""What was reported about our mail, acted on: in any order, twice, or about mail that is not ours.

A report that names no mail of ours, or another address than that mail's, is kept and nothing is
done: a second service at the same provider must not silence anybody here.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.encoding import punycode

from donations.broadcasts.models import Delivery
from donations.broadcasts.operations.leaving import unsubscribe
from donations.outbox.marks import Queue, mark_of_message_id, read_mark
from donations.outbox.models import MailEvent, Message, Suppression
from donations.outbox.reporting import MAILBOX
from donations.outbox.suppressing import suppress
from donations.sections.models import Follow
from donations.sections.operations import stop
from donations.supporters.queries import supporter_at

logger = logging.getLogger(__name__)

Kind = MailEvent.Kind
# A mail that was refused for other reasons than a dead address is a sign; so many are a proof.
REFUSALS, OF_MAILS = 3, 5
ENDED = (Kind.DELIVERED, Kind.BOUNCED, Kind.REFUSED)
LONGEST_LOOK = 100


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The mail that a report is about."""

    mail: str
    row: Message | Delivery
    address: str

    @property
    def was_sent(self) -> bool:
        """Whether it was ever on the wire."""
        return bool(self.row.sent_at or self.row.attempts or self.row.resends)

    def is_to(self, address: str) -> bool:
        """Whether the report says the same address; a provider may write its domain in ASCII."""
        return not address or spelled(address) == spelled(self.address)


def take_note(*, at: datetime, limit: int = 500) -> int:
    """Act on what was reported since; says on how much. One that fails waits, alone."""
    done = 0
    for event in list(MailEvent.objects.waiting().order_by("pk")[:limit]):
        try:
            note(event=event, at=at)
            done += 1
        except Exception as error:  # noqa: BLE001  one report must not stop the others
            logger.error("report %s cannot be acted on: %s", event.pk, type(error).__name__)
    return done


def note(*, event: MailEvent, at: datetime) -> None:
    """Act on one report. Every step may happen twice, so no transaction is around them."""
    this = MailEvent.objects.filter(pk=event.pk)
    subject = subject_of(event)
    if subject is not None:
        this.mark_of(mail=subject.mail, email=subject.address)
        act(event=event, subject=subject, at=at)
    this.mark_processed(at=at)


def subject_of(event: MailEvent) -> Subject | None:
    """The mail of ours that is meant, if it is one."""
    mail = event.mail or mark_of_message_id(event.message_id)
    named = read_mark(mail)
    if named is None:
        return None
    queue, number = named
    model = Delivery if queue is Queue.DELIVERY else Message
    row = model.objects.filter(pk=number).first()
    if row is None:
        return None
    subject = Subject(mail=mail, row=row, address=row.address)
    # A token cannot be made up, and says which mail it is wherever that was passed on to.
    is_meant = event.provider == MAILBOX or subject.is_to(event.email)
    return subject if is_meant and subject.was_sent else None


def act(*, event: MailEvent, subject: Subject, at: datetime) -> None:
    """What each kind of report asks for."""
    settle(event=event, subject=subject)
    match event.kind:
        case Kind.BOUNCED:
            leave_alone(event, subject, Suppression.Reason.BOUNCED, event.detail)
        case Kind.REFUSED if is_refused_too_often(subject.address):
            detail = f"{REFUSALS} of the last {OF_MAILS} mails were refused: {event.detail}"
            leave_alone(event, subject, Suppression.Reason.BOUNCED, detail)
        case Kind.COMPLAINED:
            leave_alone(event, subject, Suppression.Reason.COMPLAINED, event.detail)
        case Kind.UNSUBSCRIBED:
            end_follows(event=event, subject=subject, at=at)


def settle(*, event: MailEvent, subject: Subject) -> None:
    """Whatever is told of a mail, it was sent; of one to many it is kept what became of it."""
    rows = type(subject.row).objects.filter(pk=subject.row.pk)
    if event.kind != Kind.OTHER:
        rows.filter(state=Delivery.State.UNCERTAIN).mark_sent(at=event.at)
    if not isinstance(subject.row, Delivery):
        return
    delivery = Delivery.objects.filter(pk=subject.row.pk)
    match event.kind:
        case Kind.DELIVERED:
            delivery.mark_delivered(at=event.at)
        case Kind.BOUNCED | Kind.REFUSED:
            delivery.mark_bounced(at=event.at)
        case Kind.COMPLAINED:
            delivery.mark_complained(at=event.at)


def leave_alone(
    event: MailEvent, subject: Subject, reason: Suppression.Reason, detail: str
) -> None:
    """Write to this address no more, for this reason."""
    suppress(
        email=subject.address, reason=reason, source=event.provider, detail=detail, at=event.at
    )


def is_refused_too_often(address: str) -> bool:
    """Whether three of the last five mails came back, each counted as it ended."""
    told = MailEvent.objects.about(address).filter(kind__in=ENDED).order_by("-at", "-pk")
    ends: dict[str, str] = {}
    for mail, kind in told.values_list("mail", "kind")[:LONGEST_LOOK]:
        ends.setdefault(mail, kind)
    refused = [kind for kind in islice(ends.values(), OF_MAILS) if kind != Kind.DELIVERED]
    return len(refused) >= REFUSALS


def end_follows(*, event: MailEvent, subject: Subject, at: datetime) -> None:
    """Left by a button of the provider's; who has asked anew since then stays."""
    wording = f"Unsubscribed at {event.provider}"
    delivery = subject.row if isinstance(subject.row, Delivery) else None
    supporter = delivery.supporter if delivery else supporter_at(subject.address)
    if supporter is None:
        return
    if Follow.objects.active().filter(supporter=supporter, asked_at__gt=event.at).exists():
        return
    if delivery:
        unsubscribe(delivery=delivery, everything=True, at=at, wording=wording)
    else:
        stop(supporter=supporter, section=None, wording=wording, source=event.provider, at=at)


def spelled(address: str) -> str:
    """An address as it can be compared."""
    local, _at, domain = address.strip().lower().rpartition("@")
    return f"{local}@{punycode(domain)}"
