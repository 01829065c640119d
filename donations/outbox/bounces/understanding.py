"""What a message in the bounce mailbox says; anybody may write there.

Formats: RFC 3464 and those before it (flufl.bounce knows them), RFC 5965 for complaints. An
answering machine (RFC 3834) is no bounce.
"""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.utils import parseaddr
from enum import Enum

from flufl.bounce import all_failures

from donations.outbox.bounces.tokens import mark_of_bounce, mark_of_complaint
from donations.outbox.models import MailEvent
from donations.outbox.reporting import MAILBOX, MAX_DETAIL, Report
from donations.outbox.statuses import code_in, is_dead_in_report

Kind = MailEvent.Kind
FEEDBACK = {
    "abuse": Kind.COMPLAINED,
    "fraud": Kind.COMPLAINED,
    "opt-out": Kind.UNSUBSCRIBED,
    "opt-out-list": Kind.UNSUBSCRIBED,
}
MACHINES = ("mailer-daemon", "postmaster")
ARRIVED = ("delivered", "relayed", "expanded")
# "Other or undefined": what servers say that do not say why.
VAGUE = ("", "4.0.0", "5.0.0")
LONGEST_TEXT = 20_000


class Unheard(Enum):
    """Why a message is only counted."""

    ANSWERING_MACHINE = "answering machines"
    NO_REPORT = "no reports"
    UNKNOWN_MAIL = "about no mail of ours"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said, before it is known of which mail."""

    kind: Kind
    detail: str = ""
    email: str = ""


def understood(raw: bytes) -> Report | Unheard:
    """What it reports about a mail of ours, or why it does not. Raises what parsing raises."""
    mail = message_from_bytes(raw)
    feedback = part_of(mail, "message/feedback-report")
    if feedback is not None:
        fields, original = inside(feedback), original_in(mail)
        told = complaint(fields)
        mark = mark_of_complaint(fields, original) or mark_of_bounce(mail)
    else:
        told, mark = bounce(mail), mark_of_bounce(mail)
    if isinstance(told, Unheard):
        return told
    if not mark:
        return Unheard.UNKNOWN_MAIL
    message_id = str(mail.get("Message-ID", "")).strip()
    return Report(
        provider=MAILBOX,
        kind=told.kind,
        event_id=f"{message_id} {mark}" if message_id else "",
        mail=mark,
        email=told.email,
        detail=told.detail,
    )


def complaint(fields: Mail) -> Told | Unheard:
    """Somebody pressed the button for spam."""
    kind = FEEDBACK.get(str(fields.get("Feedback-Type", "")).strip().lower())
    if kind is None:
        return Unheard.NO_REPORT
    return Told(kind=kind, detail=f"reported by {one_line(fields.get('User-Agent', 'a receiver'))}")


def bounce(mail: Mail) -> Told | Unheard:
    """A server could not deliver, for good or so far."""
    status = part_of(mail, "message/delivery-status")
    if status is None and not is_from_a_server(mail):
        return Unheard.ANSWERING_MACHINE if is_automatic(mail) else Unheard.NO_REPORT
    temporary, permanent = all_failures(mail)
    if not (temporary or permanent):
        return Unheard.NO_REPORT
    words = diagnosis(status) if status is not None else text_of(mail)
    return Told(
        kind=kind_of(words, status) if permanent else Kind.DEFERRED,
        detail=one_line(words),
        email=min(permanent or temporary).decode("ascii", "replace"),
    )


def kind_of(words: str, status: Mail | None) -> Kind:
    """A dead address only where the server says so, and nobody else got the mail."""
    arrived = status is not None and any(
        action(block).startswith(ARRIVED) for block in blocks_of(status)
    )
    is_dead = is_dead_in_report(code_in(words)) and not arrived
    return Kind.BOUNCED if is_dead else Kind.REFUSED


def diagnosis(status: Mail) -> str:
    """The receiver's own words about the first recipient that failed, else the sender's code."""
    failed = [block for block in blocks_of(status) if action(block).startswith(("fail", "error"))]
    for block in failed or blocks_of(status)[-1:]:
        said = str(block.get("Diagnostic-Code", ""))
        if code_in(said) in VAGUE:
            said = f"{block.get('Status', '')} {said}"
        return said
    return ""


def action(block: Mail) -> str:
    """What became of one recipient."""
    return str(block.get("Action", "")).strip().lower()


def blocks_of(status: Mail) -> list[Mail]:
    """The groups of fields: of the message, then of each recipient."""
    payload = status.get_payload()
    return [each for each in payload if isinstance(each, Mail)] if isinstance(payload, list) else []


def is_from_a_server(mail: Mail) -> bool:
    """Whether it has the look of the bounces from before there was a format."""
    sender = parseaddr(str(mail.get("From", "")))[1].partition("@")[0].lower()
    return sender in MACHINES or "X-Failed-Recipients" in mail


def is_automatic(mail: Mail) -> bool:
    """An answering machine: somebody is on holiday, and reads the mail later."""
    submitted = str(mail.get("Auto-Submitted", "no")).strip().lower()
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress")
    return submitted != "no" or any(each in mail for each in marks)


def original_in(mail: Mail) -> Mail | None:
    """Our own message, or its headers, as the report encloses it."""
    for kind in ("message/rfc822", "text/rfc822-headers"):
        part = part_of(mail, kind)
        if part is not None:
            return inside(part)
    return None


def part_of(mail: Mail, kind: str) -> Mail | None:
    """The first part of this type."""
    return next((part for part in mail.walk() if part.get_content_type() == kind), None)


def inside(part: Mail) -> Mail:
    """The message or the fields that a part holds."""
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Mail):
        return payload[0]
    content = part.get_payload(decode=True)
    return message_from_bytes(content if isinstance(content, bytes) else b"")


def text_of(mail: Mail) -> str:
    """The first words for people."""
    part = part_of(mail, "text/plain")
    content = part.get_payload(decode=True) if part is not None else b""
    return (content if isinstance(content, bytes) else b"")[:LONGEST_TEXT].decode(
        "utf-8", "replace"
    )


def one_line(words: object) -> str:
    """As it is kept and shown."""
    return " ".join(str(words)[:LONGEST_TEXT].split())[:MAX_DETAIL]
