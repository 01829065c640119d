"""The mail backends by themselves, as the sign-in mails of allauth use them too."""

import smtplib
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from pytest_django import Settings

from donations.outbox.backends import SmtpBackend
from donations.outbox.smtp import NotHandedOver, SmtpOverTls
from tests.standins.smtp import Fault, SmtpStandin

READER = "reader@example.org"


def letter(to: str = READER, subject: str = "Intrați în cont") -> EmailMessage:
    mail = EmailMultiAlternatives(subject, ".\r\n..două puncte\n.", to=[to])
    mail.attach_alternative("<p>.</p>", "text/html")
    return mail


def test_it_works(smtp: SmtpStandin) -> None:
    assert letter().send() == 1
    message = message_from_bytes(smtp.received[0].body, policy=policy.default)
    assert message["Subject"] == "Intrați în cont"
    part = message.get_body(("plain",))
    assert part is not None
    assert part.get_content().split() == [".", "..două", "puncte", "."]


def test_one_connection_for_several(smtp: SmtpStandin) -> None:
    with get_connection() as connection:
        assert connection.send_messages([letter(), letter()]) == 2
        assert connection.send_messages([letter()]) == 1
    assert smtp.connections == 1


@pytest.mark.parametrize("body", ["", "no line end", "one\n", "two\n\n", ".", "\n."])
def test_every_body_comes_to_its_end(body: str, smtp: SmtpStandin) -> None:
    assert EmailMessage("s", body, to=[READER]).send() == 1
    message = message_from_bytes(smtp.received[0].body)
    assert str(message.get_payload()).strip() == body.strip()


def test_nobody_to_send_to(smtp: SmtpStandin) -> None:
    assert EmailMessage("s", "b", to=[]).send() == 0


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_break_before_the_final_dot_is_told_apart(stage: str, smtp: SmtpStandin) -> None:
    smtp.fails(READER, Fault(stage))  # type: ignore[arg-type]
    with get_connection() as connection:
        with pytest.raises(NotHandedOver):
            connection.send_messages([letter()])
        assert connection.send_messages([letter()]) == 1, "it connects again by itself"


def test_a_break_after_the_final_dot_is_told_apart(smtp: SmtpStandin) -> None:
    smtp.fails(READER, Fault("dot"))
    with get_connection() as connection:
        with pytest.raises(smtplib.SMTPServerDisconnected) as caught:
            connection.send_messages([letter()])
        assert not isinstance(caught.value, NotHandedOver)


def test_a_refusal_leaves_the_connection_usable(smtp: SmtpStandin) -> None:
    smtp.fails(READER, Fault("rcpt", code=550))
    with get_connection() as connection:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            connection.send_messages([letter()])
        assert connection.send_messages([letter("other@example.org")]) == 1
    assert smtp.connections == 1


def test_silence_when_asked_for(smtp: SmtpStandin) -> None:
    smtp.fails(READER, Fault("rcpt", code=550))
    assert letter().send(fail_silently=True) == 0


def test_encrypted_from_the_first_byte() -> None:
    assert SmtpBackend(use_ssl=True).connection_class is SmtpOverTls


def test_one_file_per_message(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "donations.outbox.backends.FileBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    assert letter(subject="first").send() == 1
    assert letter(subject="second").send() == 1
    names = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert all(name.endswith(".eml") and not name.startswith(".") for name in names)
    bodies = [(tmp_path / "mail" / name).read_bytes() for name in names]
    subjects = [message_from_bytes(body, policy=policy.default)["Subject"] for body in bodies]
    assert subjects == ["first", "second"]
