"""What an error while sending means for the message."""

import re
import smtplib
from dataclasses import dataclass, replace
from enum import Enum, auto

from anymail.exceptions import AnymailRecipientsRefused

from donations.outbox.smtp import NotHandedOver
from donations.outbox.statuses import code_in, is_dead

CLOSING = 421
MAX_REPLY = 300
ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")


class Fate(Enum):
    """What may be known about a message that was not plainly accepted."""

    LATER = auto()
    REFUSED = auto()
    UNCERTAIN = auto()


class NobodyToSendTo(Exception):
    """The mail backend found no recipient in the message."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The fate of one message, the server's code, and whether the connection is any good.

    `reply` is what the server said, in words; `is_dead_address`: no mail ever arrives there.
    """

    fate: Fate
    code: int | None = None
    is_trouble: bool = False
    reply: str = ""
    is_dead_address: bool = False


def judge(error: Exception) -> Verdict:
    """An answer is believed; where there was none the message perhaps arrived."""
    match error:
        case ValueError():
            # Django's own: a header or an address, perhaps our sender's, that cannot be written.
            return Verdict(fate=Fate.LATER)
        case NobodyToSendTo() | AnymailRecipientsRefused():
            return Verdict(fate=Fate.REFUSED)
        case NotHandedOver():
            return Verdict(fate=Fate.LATER, is_trouble=True)
        case smtplib.SMTPRecipientsRefused():
            return of_recipient(*next(iter(error.recipients.values())))
        case smtplib.SMTPSenderRefused():
            # Says nothing about this message: our own address is not welcome today.
            return Verdict(
                fate=Fate.LATER, code=error.smtp_code, is_trouble=True, reply=said(error.smtp_error)
            )
        case smtplib.SMTPResponseException() if 400 <= error.smtp_code <= 599:
            return of_answer(error.smtp_code, said(error.smtp_error))
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and 400 <= status <= 499:
        # A provider's HTTP interface said no: a wrong key or too many requests.
        return Verdict(fate=Fate.LATER, code=status, is_trouble=True)
    return Verdict(fate=Fate.UNCERTAIN, is_trouble=True)


def of_recipient(code: int, reply: bytes | str) -> Verdict:
    """An answer to the address alone, which may say that there is none."""
    verdict = of_answer(code, said(reply))
    return replace(
        verdict,
        is_dead_address=verdict.fate is Fate.REFUSED and is_dead(code_in(verdict.reply)),
    )


def of_answer(code: int, reply: str) -> Verdict:
    """4xx is for now, 5xx is for good (RFC 5321, 4.2.1)."""
    if code >= 500:
        return Verdict(fate=Fate.REFUSED, code=code, reply=reply)
    return Verdict(fate=Fate.LATER, code=code, reply=reply, is_trouble=code == CLOSING)


def said(reply: bytes | str) -> str:
    """What a server said, as one line that can be kept and shown; without addresses."""
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return ADDRESS.sub("<address>", " ".join(words[:1000].split()))[:MAX_REPLY]
