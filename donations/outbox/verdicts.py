"""What an error while sending means for the message."""

import smtplib
from dataclasses import dataclass
from enum import Enum, auto

from donations.outbox.smtp import NotHandedOver

CLOSING = 421


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
        case NobodyToSendTo():
            return Verdict(fate=Fate.REFUSED)
        case NotHandedOver():
            return Verdict(fate=Fate.LATER, is_trouble=True)
        case smtplib.SMTPRecipientsRefused():
            return of_code(next(iter(error.recipients.values()))[0])
        case smtplib.SMTPSenderRefused():
            # Says nothing about this message: our own address is not welcome today.
            return Verdict(fate=Fate.LATER, code=error.smtp_code, is_trouble=True)
        case smtplib.SMTPResponseException() if 400 <= error.smtp_code <= 599:
            return of_code(error.smtp_code)
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and 400 <= status <= 499:
        # A provider's HTTP interface said no: a wrong key or too many requests.
        return Verdict(fate=Fate.LATER, code=status, is_trouble=True)
    return Verdict(fate=Fate.UNCERTAIN, is_trouble=True)


def of_code(code: int) -> Verdict:
    """4xx is for now, 5xx is for good (RFC 5321, 4.2.1)."""
    if code >= 500:
        return Verdict(fate=Fate.REFUSED, code=code)
    return Verdict(fate=Fate.LATER, code=code, is_trouble=code == CLOSING)
