"""What each error means; the wire itself is tried in test_faults."""

import smtplib

import pytest

from donations.outbox.smtp import NotHandedOver
from donations.outbox.verdicts import Fate, NobodyToSendTo, judge


class ProviderError(Exception):
    """As HTTP mail backends raise it."""

    def __init__(self, status_code: int | None) -> None:
        self.status_code = status_code


@pytest.mark.parametrize(
    ("error", "fate", "code", "is_trouble"),
    [
        (NotHandedOver("gone"), Fate.LATER, None, True),
        (smtplib.SMTPServerDisconnected("gone"), Fate.UNCERTAIN, None, True),
        (TimeoutError(), Fate.UNCERTAIN, None, True),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no")}), Fate.REFUSED, 550, False),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (450, b"no")}), Fate.LATER, 450, False),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (421, b"no")}), Fate.LATER, 421, True),
        (smtplib.SMTPSenderRefused(550, b"no", "a@b.c"), Fate.LATER, 550, True),
        (smtplib.SMTPDataError(554, b"no"), Fate.REFUSED, 554, False),
        (smtplib.SMTPDataError(452, b"no"), Fate.LATER, 452, False),
        (smtplib.SMTPDataError(-1, b"what?"), Fate.UNCERTAIN, None, True),
        (NobodyToSendTo(), Fate.REFUSED, None, False),
        (ValueError("Invalid address"), Fate.LATER, None, False),
        (ProviderError(401), Fate.LATER, 401, True),
        (ProviderError(429), Fate.LATER, 429, True),
        (ProviderError(503), Fate.UNCERTAIN, None, True),
        (ProviderError(None), Fate.UNCERTAIN, None, True),
    ],
)
def test_it_works(error: Exception, fate: Fate, code: int | None, is_trouble: bool) -> None:
    verdict = judge(error)
    assert (verdict.fate, verdict.code, verdict.is_trouble) == (fate, code, is_trouble)
