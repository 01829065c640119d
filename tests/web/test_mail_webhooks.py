"""Each provider's reports, really posted: verified, kept once, acted on, or refused."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from donations import tasks
from donations.outbox.marks import Queue, mark
from donations.outbox.models import MailEvent, Message, Suppression
from donations.outbox.models.sending import State
from tests.visiting import visitor
from tests.web.mailhooks import PAYLOADS, PROVIDERS, SECRET, carried_by, payload, post

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:django-anymail has dropped official support"),
]
AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
READER = "reader@example.org"
FILES = sorted(
    (path.parent.name, path.stem) for path in PAYLOADS.rglob("*.json") if path.stem != "nothing"
)


@pytest.fixture
def message() -> Message:
    """A mail that was sent."""
    return Message.objects.create(
        key="thanks:1",
        kind=Message.Kind.THANKS,
        to=READER,
        language="en",
        next_attempt_at=AT,
        created_at=AT,
        state=State.SENT,
        sent_at=AT,
    )


def told(provider: str, name: str, message: Message) -> int:
    mail = mark(Queue.MESSAGE, message.pk)
    return post(provider, payload(provider, name, mail=mail, email=READER))


@pytest.mark.parametrize(("provider", "name"), FILES)
def test_it_works(provider: str, name: str, message: Message, settings: Settings) -> None:
    carried_by(provider, settings)
    assert told(provider, name, message) == 200
    event = MailEvent.objects.get()
    assert (event.provider, event.kind) == (provider, name.partition("_")[0])
    assert (event.mail, event.email) == (mark(Queue.MESSAGE, message.pk), READER)
    assert abs(event.at - datetime(2026, 5, 1, 10, tzinfo=UTC)) < timedelta(seconds=1)
    tasks.note_returns()
    expected = {"bounced": ["bounced"], "complained": ["complained"]}.get(event.kind, [])
    assert list(Suppression.objects.values_list("reason", flat=True)) == expected


@pytest.mark.parametrize(("provider", "name"), FILES)
def test_kept_once_the_second_time(
    provider: str, name: str, message: Message, settings: Settings
) -> None:
    carried_by(provider, settings)
    assert [told(provider, name, message) for _each in range(2)] == [200, 200]
    assert MailEvent.objects.count() == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_who_read_what_is_not_kept(provider: str, message: Message, settings: Settings) -> None:
    carried_by(provider, settings)
    assert told(provider, "nothing", message) == 200
    assert not MailEvent.objects.exists()


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("secret", ["", "footnote:wrong", SECRET + "x", "nonsense"])
def test_without_the_secret_nothing_is_kept(provider: str, secret: str, settings: Settings) -> None:
    carried_by(provider, settings)
    body = payload(provider, "bounced", mail="message:1", email=READER)
    assert post(provider, body, secret=secret) == 400
    assert not MailEvent.objects.exists()


def test_mailgun_has_to_sign_too(settings: Settings) -> None:
    carried_by("mailgun", settings)
    body = payload("mailgun", "bounced", mail="message:1", email=READER)
    settings.ANYMAIL = {**settings.ANYMAIL, "MAILGUN_WEBHOOK_SIGNING_KEY": "another"}
    assert post("mailgun", body) == 400
    assert not MailEvent.objects.exists()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_another_provider_is_not_heard(provider: str, settings: Settings) -> None:
    carried_by("resend" if provider == "brevo" else "brevo", settings)
    body = payload(provider, "bounced", mail="message:1", email=READER)
    assert post(provider, body) == 404
    assert not MailEvent.objects.exists()


def test_with_a_mail_server_there_is_no_such_address(settings: Settings) -> None:
    settings.EMAIL_PROVIDER, settings.ANYMAIL = "", {}
    assert post("postmark", b"{}") == 404


def test_without_a_secret_of_ours_there_is_no_such_address(settings: Settings) -> None:
    settings.EMAIL_PROVIDER, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": ""}
    assert post("postmark", b"{}") == 404


def test_inbound_mail_has_no_address(settings: Settings) -> None:
    carried_by("postmark", settings)
    assert visitor().post("/webhooks/mail/postmark/inbound/").status_code == 404


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"7",
        b'"words"',
        b"[null]",
        b"[[]]",
        b'{"msys": 7}',
        b'[{"event": ["list"], "timestamp": "x"}]',
        b'{"event": {"a": 1}, "RecordType": [1], "type": {}, "data": 7}',
        b"[" * 5000,
    ],
)
def test_nonsense_is_no_error_of_ours(
    provider: str, body: bytes, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    carried_by(provider, settings)
    assert post(provider, body) in (200, 400)
    assert not MailEvent.objects.exclude(kind=MailEvent.Kind.OTHER).exists()
    assert not [line for line in caplog.records if line.levelno >= logging.ERROR]


def test_a_batch_is_kept_whole_or_not_at_all(settings: Settings) -> None:
    carried_by("sendgrid", settings)
    one = payload("sendgrid", "bounced", mail="message:1", email=READER).strip()[1:-1]
    assert post("sendgrid", b"[" + one + b", 7]") == 400
    assert not MailEvent.objects.exists()
    assert post("sendgrid", b"[" + one + b"]") == 200
    assert MailEvent.objects.count() == 1


def test_too_much_is_not_read(settings: Settings) -> None:
    carried_by("postmark", settings)
    assert post("postmark", b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)) == 413


def test_hostile_words_are_kept_as_words(settings: Settings) -> None:
    carried_by("postmark", settings)
    body = payload("postmark", "bounced", mail="message:1", email="\\u0000" * 9 + "x" * 400)
    assert post("postmark", body) == 200
    event = MailEvent.objects.get()
    assert event.email == "x" * 254
    tasks.note_returns()
    assert not Suppression.objects.exists()


def test_a_provider_may_knock_first(settings: Settings) -> None:
    carried_by("postmark", settings)
    assert visitor().head("/webhooks/mail/postmark/tracking/").status_code == 200
    assert visitor().get("/webhooks/mail/postmark/tracking/").status_code == 405


def test_it_is_answered_at_once(
    message: Message, settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    carried_by("brevo", settings)
    with django_assert_max_num_queries(6):
        assert told("brevo", "bounced", message) == 200
    assert not Suppression.objects.exists(), "that is a task's work"


def test_no_address_gets_into_the_log(
    message: Message, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    carried_by("postmark", settings)
    caplog.set_level(logging.DEBUG)
    told("postmark", "bounced", message)
    body = payload("postmark", "bounced", mail="message:1", email=READER)
    post("postmark", body, secret="footnote:wrong")
    tasks.note_returns()
    assert READER not in caplog.text
    assert "Zq8vT2mX" not in caplog.text
