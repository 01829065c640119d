"""A broadcast to thousands, four real workers that send it, and what has to hold at the end."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Delivery
from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter
from donations.topics.models import Topic, TopicText
from tests.services.processes import Process, wait_for
from tests.services.service import command
from tests.standins.smtp import Fault, SmtpStandin

WORKERS = 4
State = Delivery.State
# Longer than any lease.
LATER = timedelta(minutes=20)
# Every second answer to a text takes so long: the moment in which a kill hurts most.
SLOW_SECONDS = 0.05


@dataclass(frozen=True)
class Figures:
    """What a comparison found, when nothing is wrong."""

    recipients: int
    sent: int
    uncertain: int
    kills: int

    def __str__(self) -> str:
        return (
            f"{self.recipients} recipients, {self.sent} sent once each, {self.uncertain} uncertain "
            f"after {self.kills} kills"
        )


class Mailroom:
    """Four workers of one process each, and beside them beat and the worker that sweeps."""

    def __init__(self, *, env: Mapping[str, str], folder: Path, smtp: SmtpStandin) -> None:
        self.smtp = smtp
        line = command("broadcasts", env)
        self.workers = [
            Process(
                f"broadcasts{number}",
                line.replace("broadcasts@", f"broadcasts{number}@"),
                env={**env, "BROADCAST_PROCESSES": "1"},
                folder=folder,
            )
            for number in range(WORKERS)
        ]
        self.others = [
            Process(name, command(name, env), env={**env, "WORKER_PROCESSES": "1"}, folder=folder)
            for name in ("worker", "beat")
        ]

    @contextmanager
    def working(self) -> Iterator[None]:
        """Everything runs; at the end nothing does."""
        try:
            for process in (*self.others, *self.workers):
                process.start()
            yield
        finally:
            for process in (*self.others, *self.workers):
                process.kill()

    def kill_one(self, *, whole: bool) -> None:
        """Send -9 to a worker, or only to its child, while nearly all have mails in hand."""
        assert wait_for(self.is_busy, seconds=60, every=0.002)
        worker = random.choice(self.workers)
        if whole or not worker.kill_a_child():
            worker.kill()
        if not worker.is_alive:
            worker.start()

    def is_busy(self) -> bool:
        """Whether all workers but one at most are connected to the mail server."""
        return len(self.smtp.sessions) >= WORKERS - 1

    def last_words(self) -> str:
        """The ends of the logs."""
        everybody = (*self.others, *self.workers)
        return "\n".join(f"--- {each.name}\n{each.said()}" for each in everybody)


def write_to(recipients: int, *, excluded: int) -> Broadcast:
    """A broadcast that is due now, to so many; others asked and did not confirm."""
    now, section = timezone.now(), Section.objects.get(slug="politics")
    people = Supporter.objects.bulk_create(
        Supporter(
            email=f"reader{number}@example{number % 40}.org",
            name=f"Reader {number}",
            language=("en", "ro", "ru")[number % 3],
            created_at=now,
        )
        for number in range(recipients + excluded)
    )
    Follow.objects.bulk_create(
        Follow(
            supporter=person,
            section=section,
            language=person.language,
            asked_at=now,
            confirmed_at=now if number < recipients else None,
        )
        for number, person in enumerate(people)
    )
    broadcast = operations.draft(topic=topic(section), by=None, at=now)
    operations.schedule(
        broadcast=broadcast, send_at=now, max_lateness=timedelta(hours=1), by=None, at=now
    )
    return broadcast


def topic(section: Section) -> Topic:
    """Told in English alone."""
    now = timezone.now()
    made = Topic.objects.create(
        section=section,
        slug="bridges",
        state=Topic.State.PUBLISHED,
        language="en",
        created_at=now,
        changed_at=now,
        published_at=now,
    )
    TopicText.objects.create(topic=made, language="en", title="Who owns the bridges?", body="We.")
    return made


def trouble(smtp: SmtpStandin, recipients: int, *, before: int, after: int) -> set[str]:
    """Lines that drop before and after the final dot, and slow answers; who is told after it.

    Those before it are early on the list, so that their next try comes soon.
    """
    everybody = list(Supporter.objects.order_by("pk").values_list("email", flat=True))
    for email in random.sample(everybody[: recipients // 3], before):
        smtp.fails(email, Fault(random.choice(["rcpt", "data"])))
    spared = [email for email in everybody[:recipients] if email not in smtp.faults]
    lost = set(random.sample(spared, after))
    for number, email in enumerate(spared):
        if email in lost:
            smtp.fails(email, Fault("dot"))
        elif number % 2:
            smtp.fails(email, Fault("dot", seconds=SLOW_SECONDS))
    return lost


def let_time_pass() -> None:
    """Leases run out, and the time of the next try comes."""
    operations.sweep(at=timezone.now() + LATER)
    Delivery.objects.filter(state=State.PENDING, attempts__gt=0).update(
        next_attempt_at=timezone.now()
    )


def counts(broadcast: Broadcast) -> Counter[str]:
    """How many are where."""
    return Counter(Delivery.objects.filter(broadcast=broadcast).values_list("state", flat=True))


def check(broadcast: Broadcast, smtp: SmtpStandin, *, lost: set[str], kills: int) -> Figures:
    """Nobody twice, nobody missing; in doubt only what a kill or a dropped line left in doubt."""
    broadcast.refresh_from_db()
    found = counts(broadcast)
    settled = found[State.SENT] + found[State.UNCERTAIN] + found[State.FAILED]
    assert broadcast.state == Broadcast.State.FINISHED, f"{broadcast.state}: {found}"
    assert settled == broadcast.recipient_count
    assert broadcast.candidate_count == settled + sum(broadcast.excluded.values()) == found.total()
    arrived = Counter(smtp.addresses())
    assert max(arrived.values()) == 1, "nobody twice"
    assert smtp.taken == len(arrived)
    of_state = {
        state: set(
            Delivery.objects.filter(broadcast=broadcast, state=state).values_list(
                "email", flat=True
            )
        )
        for state in (State.SENT, State.UNCERTAIN)
    }
    assert of_state[State.SENT] <= arrived.keys(), "what is called sent has arrived"
    assert arrived.keys() <= of_state[State.SENT] | of_state[State.UNCERTAIN]
    assert lost <= of_state[State.UNCERTAIN], "and stays so: nobody knows that it arrived"
    assert found[State.UNCERTAIN] <= kills + len(lost)
    return Figures(broadcast.recipient_count, found[State.SENT], found[State.UNCERTAIN], kills)
