"""Messages to send, each about the usual gift."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from donations.outbox import operations
from donations.outbox.models import Message

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
    "ends_at": "2026-05-30T22:30:00+00:00",
    "account_url": "https://give.example.org/en/account/",
    "receipt_url": "https://give.example.org/en/receipt/?token=12%3Aabc",
    "last4": "4242",
    "good_until": "2026-05-31",
    "code": "1234-5678",
    "minutes": 15,
    "ended_at": "2026-05-30T22:30:00+00:00",
    "asked_at": "2026-05-01T09:30:00+00:00",
    "new": "ana.noua@example.org",
    "answer_url": "https://give.example.org/en/account/address/?token=12%3Aabc",
    "resumes_at": "2026-08-30T22:30:00+00:00",
    "sections": ["Politics"],
    "confirm_url": "https://give.example.org/en/topics/confirm/?token=12%3Aabc",
    "choices_url": "https://give.example.org/en/choices/?token=12%3Aabc",
    "suggestion": "The water of the Nistru",
    "topic": "Who drinks the Nistru",
    "topic_url": "https://give.example.org/en/topics/nistru/",
    "what": "Mail waits that should have left by now.",
    "do": "Look whether the mail server takes mail; its answers are in the log.",
    "since": "2026-05-01T09:30:00+00:00",
    "desk_url": "https://give.example.org/staff/health/",
    "invited_by": "Eva Munteanu",
    "role": "editor",
    "join_url": "https://give.example.org/en/join/?token=12%3Aabc",
    "until": "2026-05-08T09:30:00+00:00",
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
