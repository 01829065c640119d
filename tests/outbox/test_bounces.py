"""What messages in the bounce mailbox say: a dead address, a refusal, a complaint, or nothing."""

import time

import pytest
from pytest_django import Settings

from donations.outbox.bounces.understanding import Unheard, understood
from donations.outbox.models import MailEvent
from donations.outbox.reporting import Report
from tests.outbox.bouncing import ADDRESS, PAYLOADS, READER, bounce, verp

Kind = MailEvent.Kind
REPORTS = {
    "postfix_unknown_user": Kind.BOUNCED,
    "postfix_no_such_domain": Kind.BOUNCED,
    "postfix_delayed": Kind.DEFERRED,
    "exim_unknown_user": Kind.BOUNCED,
    "exim_old_format": Kind.BOUNCED,
    "exim_says_no_reason": Kind.REFUSED,
    "qmail": Kind.BOUNCED,
    "office365_unknown_user": Kind.BOUNCED,
    "exchange_policy": Kind.REFUSED,
    "gmail_unknown_user": Kind.BOUNCED,
    "mailbox_full": Kind.REFUSED,
    "given_up_after_days": Kind.REFUSED,
    "one_of_several_behind_an_alias": Kind.REFUSED,
    "yahoo_complaint": Kind.COMPLAINED,
    "complaint_redacted": Kind.COMPLAINED,
    "opt_out": Kind.UNSUBSCRIBED,
}
NO_REPORTS = {
    "autoreply_ro": Unheard.ANSWERING_MACHINE,
    "autoreply_ru": Unheard.ANSWERING_MACHINE,
    "autoreply_outlook": Unheard.ANSWERING_MACHINE,
    "answer_of_a_person": Unheard.NO_REPORT,
    "spam": Unheard.NO_REPORT,
    "delivered_as_asked": Unheard.NO_REPORT,
    "yahoo_not_spam": Unheard.NO_REPORT,
}
BY_THE_LINK_TO_LEAVE = "complaint_redacted"


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = ADDRESS


def test_every_payload_is_tried() -> None:
    assert {path.stem for path in PAYLOADS.iterdir()} == set(REPORTS) | set(NO_REPORTS)


@pytest.mark.parametrize(("name", "kind"), REPORTS.items())
def test_it_works(name: str, kind: Kind) -> None:
    report = understood(bounce(name))
    assert isinstance(report, Report)
    assert (report.provider, report.kind) == ("mailbox", kind)
    expected = "delivery:7" if name == BY_THE_LINK_TO_LEAVE else "message:7"
    assert report.mail == expected
    assert report.event_id == "" or report.event_id.endswith(f" {expected}")
    if kind in (Kind.BOUNCED, Kind.REFUSED, Kind.DEFERRED):
        assert report.email == READER
        assert report.detail


@pytest.mark.parametrize(("name", "why"), NO_REPORTS.items())
def test_what_reports_nothing(name: str, why: Unheard) -> None:
    assert understood(bounce(name)) is why


def test_a_mail_to_many_is_known_too() -> None:
    report = understood(bounce("qmail", to=verp(9, purpose="bounce")))
    assert isinstance(report, Report)
    assert report.mail == "delivery:9"


def test_an_address_is_known_in_capitals_too() -> None:
    report = understood(bounce("postfix_unknown_user", to=verp().upper()))
    assert isinstance(report, Report)
    assert report.mail == "message:7"


@pytest.mark.parametrize(
    "to",
    [
        ADDRESS,
        "bounces+@news.example.org",
        f"bounces+{'a' * 24}@news.example.org",
        verp().replace("news.", "other."),
        verp().replace("bounces", "bouncer"),
        verp(purpose="unsubscribe"),
    ],
)
def test_without_a_genuine_token_it_is_only_counted(to: str) -> None:
    assert understood(bounce("postfix_unknown_user", to=to)) is Unheard.UNKNOWN_MAIL


def test_a_token_in_the_text_is_no_recipient() -> None:
    raw = bounce("postfix_unknown_user", to=ADDRESS)
    raw = raw.replace(b"This is the mail system", verp().encode())
    assert understood(raw) is Unheard.UNKNOWN_MAIL


def test_a_complaint_with_a_made_up_link_is_only_counted() -> None:
    raw = (PAYLOADS / "complaint_redacted.eml").read_bytes().replace(b"@LEAVE@", b"a" * 24)
    assert understood(raw) is Unheard.UNKNOWN_MAIL


def test_without_a_message_id_it_has_no_id_of_its_own() -> None:
    report = understood(bounce("qmail"))
    assert isinstance(report, Report)
    assert report.event_id == ""


HEAD = f"Delivered-To: {verp()}\r\nFrom: MAILER-DAEMON@x.example\r\n".encode()
REPORT = b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
STATUS = b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 500,
        HEAD,
        HEAD + b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
        HEAD + b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!",
        HEAD + REPORT,
        HEAD + REPORT + STATUS,
        HEAD + REPORT + STATUS + b"not: a\r\n\r\nrecipient\r\n",
        HEAD + REPORT + STATUS + b"X: 1\r\n\r\nAction: failed\r\nFinal-Recipient: \xff;\xff\r\n",
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 3000,
        HEAD + b"Subject: " + b"x" * 200_000,
        b"To: " + b"bounces+" * 20_000 + b"@news.example.org\r\n\r\n",
        HEAD + b"\r\n" + b"550 5.1.1 <" * 20_000,
        HEAD + b"\r\n" + b"<" * 200_000,
        HEAD + b"\r\n" + (b"a@" * 60 + b"\r\n") * 1500,
    ],
)
def test_hostile_messages_end_soon_and_name_no_dead_address(raw: bytes) -> None:
    begun = time.monotonic()
    said = understood(raw)
    assert time.monotonic() - begun < 5
    assert isinstance(said, Unheard) or said.kind != Kind.BOUNCED
