"""Mail that leaves over a provider's HTTP interface: our headers and the mark go with it."""

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote_plus

import pytest
from pytest_django import Settings

from config.mail_providers import PROVIDERS, options
from donations.outbox import operations
from donations.outbox.models import Message, Suppression
from tests.outbox.conftest import Queue
from tests.standins.mail_provider import YES, MailProvider

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:django-anymail has dropped official support"),
]
URLS = {
    "mailgun": "mailgun://key@mg.example.org",
    "mailjet": "mailjet://key:secret@",
}


def carried_by(name: str, provider: MailProvider, settings: Settings) -> None:
    settings.EMAIL_PROVIDER = name
    settings.EMAIL_BACKEND = f"anymail.backends.{name}.EmailBackend"
    settings.ANYMAIL = {
        **options(name, URLS.get(name, f"{name}://key@")),
        f"{name.upper()}_API_URL": provider.url,
    }


@pytest.fixture(params=sorted(PROVIDERS))
def provider(request: pytest.FixtureRequest, settings: Settings) -> Iterator[MailProvider]:
    with MailProvider(request.param) as standin:
        carried_by(request.param, standin, settings)
        yield standin


def test_every_provider_is_tried() -> None:
    assert set(YES) == set(PROVIDERS)


def test_it_works(provider: MailProvider, queue: Queue, at: datetime) -> None:
    message = queue()
    assert operations.send_due(at=at) == 1
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    posted = unquote_plus(provider.posted[0]).replace("\\", "")
    assert f"message:{message.pk}" in posted
    assert "reader1@example.org" in posted
    assert "auto-generated" in posted


def test_mailjet_gets_no_header_that_it_refuses(
    settings: Settings, queue: Queue, at: datetime
) -> None:
    queue()
    with MailProvider("mailjet") as provider:
        carried_by("mailjet", provider, settings)
        assert operations.send_due(at=at) == 1
    headers = json.loads(provider.posted[0])["Globals"]["Headers"]
    assert not {"Date", "Message-ID", "List-ID"} & set(headers)
    assert "Auto-Submitted" in headers


def test_postmark_is_asked_to_keep_our_message_id(
    settings: Settings, queue: Queue, at: datetime
) -> None:
    message = queue()
    with MailProvider("postmark") as provider:
        carried_by("postmark", provider, settings)
        assert operations.send_due(at=at) == 1
    headers = {each["Name"]: each["Value"] for each in json.loads(provider.posted[0])["Headers"]}
    assert headers["X-PM-KeepID"] == "true"
    assert message.token.hex in headers["Message-ID"]


@pytest.mark.parametrize("status", [401, 429])
def test_a_no_is_tried_again(
    status: int, provider: MailProvider, queue: Queue, at: datetime
) -> None:
    message = queue()
    provider.status, provider.answer = status, '{"message": "no"}'
    assert operations.send_due(at=at) == 0
    message.refresh_from_db()
    assert (message.state, message.smtp_code) == (Message.State.PENDING, status)
    assert not Suppression.objects.exists()


def test_no_clear_answer_is_uncertain(provider: MailProvider, queue: Queue, at: datetime) -> None:
    message = queue()
    provider.status, provider.answer = 502, "bad gateway"
    assert operations.send_due(at=at) == 0
    message.refresh_from_db()
    assert message.state == Message.State.UNCERTAIN


def test_a_recipient_that_the_provider_refuses(
    settings: Settings, queue: Queue, at: datetime
) -> None:
    message = queue()
    with MailProvider("postmark") as provider:
        carried_by("postmark", provider, settings)
        provider.status = 422
        provider.answer = (
            '{"ErrorCode": 406, "Message": "You tried to send to recipient(s) that have been marked'
            " as inactive. Found inactive addresses: reader1@example.org. Inactive recipients are"
            ' ones that have generated a hard bounce or a spam complaint."}'
        )
        operations.send_due(at=at)
    message.refresh_from_db()
    assert message.state == Message.State.FAILED
    assert "reader1" not in message.error
