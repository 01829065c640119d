"""Several workers, and workers that are killed, on a database that more than one can use."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from pytest_django import Settings

from donations.outbox import operations, queries
from donations.outbox.models import Message
from donations.outbox.settling import RESEND_AFTER
from tests.outbox.conftest import Queue
from tests.standins.smtp import SmtpStandin

State = Message.State
MESSAGES = 300
KILLS = 6
seen: list[bool] = []


class WatchingBackend(BaseEmailBackend):
    """Notes whether a transaction is open while mail is sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        seen.append(connection.in_atomic_block)
        return len(email_messages)


@pytest.fixture
def _postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_transaction_is_open_while_sending(
    queue: Queue, settings: Settings, at: datetime
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.WatchingBackend"
    seen.clear()
    for number in range(3):
        queue(number)
    assert operations.send_due(at=at) == 3
    assert seen == [False] * 3


@pytest.mark.services
@pytest.mark.usefixtures("_postgresql")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_send_each_message_once(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    for number in range(150):
        queue(number)
    start, counts = Barrier(2), []

    def work() -> None:
        start.wait()
        counts.append(operations.send_due(at=at))
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == 150
    assert min(counts) > 0, "both had something to do"
    assert Counter(smtp.addresses()).most_common(1)[0][1] == 1
    assert queries.counts_by_state() == {State.SENT: 150}


@pytest.mark.services
@pytest.mark.usefixtures("_postgresql")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_killed_processes_lose_nothing(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    """Each kill leaves at most one message in doubt; only those may arrive a second time."""
    for number in range(MESSAGES):
        queue(number)
    in_doubt: set[str] = set()
    later = at + timedelta(hours=1)
    for kill in range(1, KILLS + 1):
        send_in_another_process(smtp, at, until=kill * MESSAGES // (KILLS + 2))
        operations.sweep(at=later)
        assert not Message.objects.filter(state=State.CLAIMED).exists()
        in_doubt |= set(Message.objects.filter(state=State.UNCERTAIN).values_list("to", flat=True))
        assert len(in_doubt) <= kill
    operations.sweep(at=later + RESEND_AFTER)
    send_in_another_process(smtp, later + RESEND_AFTER, until=None)
    assert queries.counts_by_state() == {State.SENT: MESSAGES}
    arrived = Counter(smtp.addresses())
    assert len(arrived) == MESSAGES
    assert {address for address, copies in arrived.items() if copies > 1} <= in_doubt


def send_in_another_process(smtp: SmtpStandin, at: datetime, until: int | None) -> None:
    """Let a process send; kill it without warning once so many have arrived in all."""
    database = urlsplit(settings.DATABASE_URL)._replace(path=connection.settings_dict["NAME"])
    addresses = {
        "DATABASE_URL": database.geturl(),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "tests.outbox.sender", at.isoformat()]
    with subprocess.Popen(command, env={**os.environ, **addresses}) as process:
        if until is None:
            assert process.wait(timeout=120) == 0
            return
        while len(smtp.received) < until and process.poll() is None:
            time.sleep(0.001)
        process.kill()
