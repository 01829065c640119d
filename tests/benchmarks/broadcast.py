"""How fast a broadcast is sent, beside a bare loop of smtplib and beside django-post_office.

Ours: workers that send as the Celery task does, each mail's state committed before and after it.
The bare loop: two processes that send one prebuilt mail of the same length and remember nothing.
All to the same sink, in turns. Long lists are sent at their beginning, middle and end, and only
marked as sent in between, row by row as a worker would; `--all` sends every mail.
`python -m tests.benchmarks.broadcast [--people N] [--workers N] [--all]`
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.errands import Answer, Runner, all_at_once, runners
from tests.benchmarks.postgres import environment, own_database
from tests.benchmarks.reporting import compare, figure, say
from tests.benchmarks.sinks import sink, taken

RATE_GOAL, FREEZE_GOAL, FLAT_GOAL = 0.60, 20_000, 0.90
MEMORY_GOAL, GROWTH_GOAL, RIVAL_GOAL = 150, 1.05, 1.00
LITTLE, LITTLE_ONES = 1000, 3
PLACES, ROUNDS = ("beginning", "middle", "end"), 2
# So many are left for the last stretches, and then for the end.
LAST = 30_000
RIVAL_MAILS, RIVAL_ROUNDS = 1500, 3


@dataclass
class Newsroom:
    """A database with followers, its desk and its workers; `sent` is the workers' own count."""

    desk: Runner
    workers: list[Runner]
    env: dict[str, str]
    sent: int = 0
    answers: list[Answer] = field(default_factory=list)

    def send(self, seconds: float) -> float:
        """A stretch of all workers together; mails per second."""
        begun = time.perf_counter()
        self.answers = all_at_once(self.workers, "send", seconds)
        spent = time.perf_counter() - begun
        sent = sum(int(answer["sent"]) for answer in self.answers)
        self.sent += sent
        return sent / spent

    def send_little_ones(self) -> float:
        """Broadcasts to few, one after the other; mails per second while they are sent."""
        spent = 0.0
        for _each in range(LITTLE_ONES):
            number = self.desk.ask("begin")["broadcast"]
            begun = time.perf_counter()
            self.send(60)
            spent += time.perf_counter() - begun
            check(self.desk.ask("finish", number))
        return LITTLE_ONES * LITTLE / spent


@dataclass
class Rates:
    """What was measured, round by round."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    little: list[float] = field(default_factory=list)
    bare_sent: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=8.0, help="of each stretch")
    parser.add_argument("--all", action="store_true", help="send every mail; takes very long")
    options = parser.parse_args()
    with (
        sink() as port,
        newsroom(port, options.workers) as large,
        newsroom(port, options.workers) as small,
        tempfile.TemporaryDirectory() as folder,
    ):
        number = write_list(large, options.people)
        small.desk.ask("people", LITTLE)
        ready = Path(folder) / "ready.eml"
        large.desk.ask("letter", ready)
        with runners(2, "tests.benchmarks.barewire", str(port), str(ready), env={}) as bare:
            rates, early = measure(large, small, bare, number, options)
        drain(large, number)
        report(rates, early, large, options)
        rival = against_post_office(small)
        counted = large.sent + small.sent + rates.bare_sent + rival
        if taken(port) != counted:
            raise SystemExit(f"the sink has {taken(port)} mails, not {counted}")
        say(f"  everybody's row is 'sent', and the sink has as many mails: {counted}")


@contextmanager
def newsroom(port: int, workers: int) -> Iterator[Newsroom]:
    """On a database of its own, all of its mail going to the sink."""
    with ExitStack() as stack:
        env = surroundings(stack.enter_context(own_database()), port)
        [desk] = stack.enter_context(runners(1, "tests.benchmarks.mailing", env=env))
        others = stack.enter_context(runners(workers, "tests.benchmarks.mailing", env=env))
        yield Newsroom(desk, others, env)


def surroundings(database: str, port: int) -> dict[str, str]:
    return {
        **environment(database),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def write_list(large: Newsroom, people: int) -> int:
    """Freeze lists of two lengths; the longer one's broadcast goes on."""
    rates = []
    for count in (people * 2 // 5, people):
        large.desk.ask("people", count)
        begun = large.desk.ask("begin")
        rates.append(begun["recipients"] / begun["seconds"])
        say(f"  list of {begun['recipients']} written in {begun['seconds']:.1f} s")
        if count < people:
            large.desk.ask("cancel", begun["broadcast"])
    say("  mails of " + ", ".join(f"{size / 1000:.1f} KB" for size in begun["bytes"]))
    figure("broadcast.freeze", min(rates), FREEZE_GOAL, is_good=min(rates) >= FREEZE_GOAL)
    return int(begun["broadcast"])


def measure(
    large: Newsroom,
    small: Newsroom,
    bare: Sequence[Runner],
    number: int,
    options: argparse.Namespace,
) -> tuple[Rates, list[Answer]]:
    """Ours, the bare loop and little broadcasts in turns, along the long list."""
    rates = Rates()
    warm_up(large, small, bare, rates)
    early = large.answers
    step = (options.people - LAST) // (len(PLACES) - 1)
    for index, place in enumerate(PLACES):
        if index:
            go_on(large, number, until=index * step, all_of_them=options.all)
        for _round in range(ROUNDS):
            rates.ours.append(large.send(options.seconds))
            rates.bare.append(send_bare(bare, options.seconds, rates))
            rates.little.append(small.send_little_ones())
        ours, theirs = median(rates.ours[-ROUNDS:]), median(rates.bare[-ROUNDS:])
        table = large.desk.ask("table")
        say(
            f"  {place:9} ours {ours:5.0f}/s, bare {theirs:5.0f}/s; table of "
            f"{table['megabytes']} MB, {table['dead']} dead rows"
        )
    asked = large.desk.ask("progress", number)
    say(f"  the live page's count over {asked['total']} rows: {asked['seconds'] * 1000:.0f} ms")
    return rates, early


def warm_up(large: Newsroom, small: Newsroom, bare: Sequence[Runner], rates: Rates) -> None:
    """Imports, plans and caches."""
    large.send(2)
    send_bare(bare, 1, rates)
    small.send_little_ones()


def send_bare(bare: Sequence[Runner], seconds: float, rates: Rates) -> float:
    begun = time.perf_counter()
    sent = sum(int(answer["sent"]) for answer in all_at_once(bare, "send", seconds))
    rates.bare_sent += sent
    return sent / (time.perf_counter() - begun)


def go_on(large: Newsroom, number: int, *, until: int, all_of_them: bool) -> None:
    """Until so many of the list are sent, or marked as if they were."""
    while all_of_them and (done := large.desk.ask("done", number)["done"]) < until:
        rate = large.send(min(60.0, (until - done) / 3000 + 1))
        say(f"  {done:7} sent, {rate:5.0f}/s, {newest(large.answers):.0f} MB")
    if not all_of_them:
        done = large.desk.ask("done", number)["done"]
        large.desk.ask("forward", number, until - done)


def drain(large: Newsroom, number: int) -> None:
    """Send what is left, and see that nobody is missing."""
    while large.send(30):
        pass
    check(large.desk.ask("finish", number), sent=large.sent)


def check(ended: Answer, sent: int | None = None) -> None:
    """Everybody's row says `sent`; of the long list, those that were sent are all that were."""
    really = ended["sent"] - ended["only_marked"]
    is_complete = ended["state"] == "finished" and ended["sent"] == ended["recipients"]
    if not is_complete or (sent is not None and sent != really):
        raise SystemExit(f"not everybody got it: {ended}, and {sent} were sent")


def newest(answers: Sequence[Answer], which: str = "now") -> float:
    return max(float(answer[which]) for answer in answers)


def report(
    rates: Rates, early: Sequence[Answer], large: Newsroom, options: argparse.Namespace
) -> None:
    say(f"  mails per second, {options.workers} workers of ours, 2 bare loops, one sink")
    compare("broadcast.rate", RATE_GOAL, rates.ours, rates.bare)
    say(f"  to {options.people} people, and to {LITTLE}:")
    compare("broadcast.flat", FLAT_GOAL, rates.ours, rates.little)
    peak = newest(large.answers, "peak")
    growth = newest(large.answers) / newest(early)
    say(f"  a worker's memory: {newest(early):.1f} MB early, {newest(large.answers):.1f} MB late")
    figure("broadcast.memory", peak, MEMORY_GOAL, is_good=peak < MEMORY_GOAL)
    figure("broadcast.growth", growth, GROWTH_GOAL, is_good=growth <= GROWTH_GOAL)


def against_post_office(small: Newsroom) -> int:
    """The same mailing in turns with theirs, two processes each; how many mails they sent."""
    ours, theirs, sent = [], [], 0
    env = {**small.env, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.post_office_settings"}
    pair = Newsroom(small.desk, small.workers[:2], small.env)
    with runners(1, "tests.benchmarks.rival", env=env) as [rival]:
        rival.ask("prepare")
        for _round in range(RIVAL_ROUNDS):
            rival.ask("queue", RIVAL_MAILS)
            answer = rival.ask("send")
            if answer["left"]:
                raise SystemExit(f"post_office left {answer['left']} mails")
            sent += answer["sent"]
            theirs.append(answer["sent"] / answer["seconds"])
            ours.append(pair.send_little_ones())
    small.sent += pair.sent
    times = median(ours) / median(theirs)
    say(f"  the same mailing, two processes: {times:.1f} times as fast as django-post_office")
    compare("broadcast.post_office", RIVAL_GOAL, ours, theirs)
    return sent


if __name__ == "__main__":
    main()
