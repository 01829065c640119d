"""Messages to send, and a mail server to send them to."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from donations.outbox import operations
from donations.outbox.models import Message
from tests.standins.smtp import SmtpStandin

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
CONTEXT: dict[str, operations.JSON] = {
    "amount_minor": 1000,
    "currency": "EUR",
    "given_at": "2026-04-30T22:30:00+00:00",
    "interval": "month",
    "name": "Ana Țîșu",
    "reference": "FN-0042",
    "next_at": "2026-05-30T22:30:00+00:00",
    "manage_url": "https://give.example.org/ro/account/enter/abc:def/",
    "pay_url": "https://invoice.stripe.com/i/acct_1/test_1",
    "next_attempt_at": "2026-05-03T10:00:00+00:00",
    "reason": "canceled",
    "support_url": "https://give.example.org/en/",
    "ended_at": "2026-05-30T22:30:00+00:00",
    "asked_at": "2026-05-01T09:30:00+00:00",
    "sections": ["Politics"],
    "confirm_url": "https://give.example.org/en/topics/confirm/?token=12%3Aabc",
    "choices_url": "https://give.example.org/en/choices/?token=12%3Aabc",
    "suggestion": "The water of the Nistru",
    "topic": "Who drinks the Nistru",
    "topic_url": "https://give.example.org/en/topics/nistru/",
    "subject": "[Proof] Who drinks the Nistru & why",
    "text": "A topic, with <angles> & all.",
    "html": "<!doctype html><p>A topic, with &lt;angles&gt; &amp; all.</p>",
}

Queue = Callable[..., Message]


@pytest.fixture(autouse=True)
def _fresh_outlet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def queue() -> Queue:
    """Queue a message about the usual gift; `context` changes a part of it."""

    def queued(number: int = 1, context: dict[str, Any] | None = None, **changes: Any) -> Message:
        wanted: dict[str, Any] = {
            "key": f"thanks:{number}",
            "kind": Message.Kind.THANKS,
            "to": f"reader{number}@example.org",
            "language": "en",
            "at": AT,
            **changes,
        }
        return operations.queue(context={**CONTEXT, **(context or {})}, **wanted)

    return queued


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpStandin]:
    """A mail server on this machine, and settings that lead to it."""
    with SmtpStandin() as standin:
        settings.EMAIL_BACKEND = "donations.outbox.backends.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", standin.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_FINAL_REPLY_TIMEOUT = 0.3
        yield standin
