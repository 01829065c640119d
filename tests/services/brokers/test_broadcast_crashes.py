"""Whatever is killed, emptied or cut off while a broadcast is sent: everybody once, or in doubt."""

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from django.utils import timezone

from donations.broadcasts.models import Broadcast, Delivery
from tests.services.brokers.conftest import production
from tests.services.brokers.mailroom import (
    Mailroom,
    State,
    check,
    counts,
    let_time_pass,
    trouble,
    write_to,
)
from tests.services.brokers.queues import Queues
from tests.services.processes import wait_for
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.services
RecordProperty: TypeAlias = Callable[[str, object], None]

RECIPIENTS, EXCLUDED = 5000, 120
KILLS, EMPTIED_AT = 20, 10
BEFORE_THE_DOT, AFTER_THE_DOT = 15, 15
# Before each kill, at most; the slow answers make the mailing last longer than all of them.
PAUSE = 1.0


@pytest.fixture
def mailroom(
    database: str, queues: Queues, smtp: SmtpStandin, tmp_path: Path
) -> Iterator[Mailroom]:
    """Not started yet; its last words are kept for a failed test."""
    (tmp_path / "var").mkdir()
    env = production(
        database=database, queues=queues, smtp=smtp, stripe_base="http://127.0.0.1:9", port=9
    )
    room = Mailroom(env=env, folder=tmp_path, smtp=smtp)
    with room.working():
        yield room
    sys.stdout.write(f"{room.last_words()}\n")


def test_workers_are_killed_and_the_broker_is_emptied(
    mailroom: Mailroom, smtp: SmtpStandin, queues: Queues, record_property: RecordProperty
) -> None:
    broadcast = write_to(RECIPIENTS, excluded=EXCLUDED)
    lost = trouble(smtp, RECIPIENTS, before=BEFORE_THE_DOT, after=AFTER_THE_DOT)
    for kill in range(KILLS):
        if kill == EMPTIED_AT:
            queues.lose_everything()
        time.sleep(random.uniform(0.0, PAUSE))
        mailroom.kill_one(whole=kill % 4 == 0)
    assert counts(broadcast)[State.PENDING] > 0, "every kill hit a mailing that went on"
    assert wait_for(lambda: is_over(broadcast), seconds=60, every=1.0), counts(broadcast)
    figures = check(broadcast, smtp, lost=lost, kills=KILLS)
    record_property("figures", str(figures))


def is_over(broadcast: Broadcast) -> bool:
    """Whether the workers have ended it; when nobody is due, time passes."""
    if not Delivery.objects.filter(broadcast=broadcast).due(timezone.now()).exists():
        let_time_pass()
    broadcast.refresh_from_db()
    return broadcast.state == Broadcast.State.FINISHED
