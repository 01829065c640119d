"""What each error means; the wire itself is tried in test_faults."""

import smtplib

import pytest
from anymail.exceptions import AnymailRecipientsRefused

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
        (AnymailRecipientsRefused(), Fate.REFUSED, None, False),
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


@pytest.mark.parametrize(
    "reply",
    [
        b"5.1.1 <a@b.c>: Recipient address rejected: User unknown",
        b"5.1.1 The email account that you tried to reach does not exist.\n5.1.1 Learn more",
        b"5.1.6 Mailbox has moved",
        b"5.1.10 Recipient address has null MX",
        b"5.2.1 The email account that you tried to reach is disabled",
        b"#5.1.1 bad address a@b.c",
    ],
)
def test_a_dead_address_is_known(reply: bytes) -> None:
    verdict = judge(smtplib.SMTPRecipientsRefused({"a@b.c": (550, reply)}))
    assert verdict.is_dead_address
    assert "a@b.c" not in verdict.reply


@pytest.mark.parametrize(
    ("code", "reply"),
    [
        (550, b"No such user here"),
        (550, b"5.0.0 no"),
        (550, b"5.1.0 Address rejected"),
        (550, b"5.1.8 Your sender is bad"),
        (550, b"5.7.1 Blocked, see 5.1.1"),
        (550, b"5.7.515 Access denied, sending domain does not pass authentication"),
        (552, b"5.2.2 Mailbox full"),
        (550, b"host 15.5.1.1.2 said no"),
        (550, b"release 15.1.1"),
        (450, b"4.1.1 try later"),
        (450, b"5.1.1 they contradict themselves"),
    ],
)
def test_another_refusal_says_nothing_about_the_address(code: int, reply: bytes) -> None:
    verdict = judge(smtplib.SMTPRecipientsRefused({"a@b.c": (code, reply)}))
    assert not verdict.is_dead_address


def test_a_refused_text_is_no_dead_address() -> None:
    assert not judge(smtplib.SMTPDataError(550, b"5.1.1 no")).is_dead_address


def test_what_the_server_said_is_kept_short_and_without_addresses() -> None:
    reply = b"5.7.1 <ana@example.org>\r\n we do not like\tmail to ana@example.org " + b"x" * 9000
    verdict = judge(smtplib.SMTPDataError(554, reply))
    assert verdict.reply.startswith("5.7.1 <address> we do not like mail to <address> xxx")
    assert len(verdict.reply) == 300
