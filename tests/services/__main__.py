"""`python -m tests.services`: the suite on PostgreSQL, then the crash tests over every broker.

TEST_DATABASE_URL and TEST_BROKER_URLS say where; the Redis database that is named is emptied.
A server that does not answer is a failure, never a reason to skip. Arguments go on to pytest.

Brokers are tried side by side, since most of a crash is waiting, so each has to be a place of its
own; over one the crashes come one after another, since one of them is that it loses everything.
"""

import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile
from typing import IO

import pytest

from tests.services import databases, servers

PYTEST = (sys.executable, "-m", "pytest")


def main(arguments: list[str]) -> int:
    """The worst exit code of all runs."""
    troubles = list(servers.troubles())
    if troubles:
        sys.stderr.write("".join(f"{trouble}\n" for trouble in troubles))
        return 1
    worst = everything(arguments)
    if worst == pytest.ExitCode.INTERRUPTED:
        return worst
    return max(worst, crashes(arguments))


def everything(arguments: list[str]) -> int:
    """The ordinary suite, and the races, on PostgreSQL; its exit code."""
    announce("the whole suite on PostgreSQL")
    with nothing_left() as name:
        url = servers.with_name(servers.database_url(), name)
        chosen = ["-m", "not browser", "--ignore", "tests/services/brokers", *arguments]
        running = started(chosen, DEBUG="on", DATABASE_URL=url)
        [code] = ended([running])
    return code


def crashes(arguments: list[str]) -> int:
    """Real processes over each broker; what was said over one is told whole. The worst code."""
    announce("the crash tests over every broker")
    chosen = ["tests/services/brokers", *arguments, "-n", "0"]
    with ExitStack() as stack:
        said = {
            url: stack.enter_context(TemporaryFile("w+", errors="replace"))
            for url in servers.broker_urls()
        }
        ours = {"DEBUG": "on", "DATABASE_URL": servers.database_url()}
        running = [
            started(chosen, told=told, CELERY_BROKER_URL=url, **ours) for url, told in said.items()
        ]
        codes = ended(running)
        for url, told in said.items():
            announce(servers.shown(url))
            told.seek(0)
            sys.stdout.write(told.read())
    return max(codes)


@contextmanager
def nothing_left() -> Iterator[str]:
    """A name nobody else uses; what pytest-django makes of it is gone afterwards, come what may."""
    name = f"footnote_{uuid.uuid4().hex[:8]}"
    try:
        yield name
    finally:
        databases.drop_all(f"test_{name}")


def started(
    arguments: list[str], *, told: IO[str] | None = None, **ours: str
) -> subprocess.Popen[bytes]:
    """One pytest, whose words go where ours go unless they are to be told later."""
    return subprocess.Popen(
        [*PYTEST, *arguments], env=servers.surroundings(**ours), stdout=told, stderr=told
    )


def ended(running: list[subprocess.Popen[bytes]]) -> list[int]:
    """Their exit codes.

    Whoever stops us has to wait until they have put their processes and databases away: Ctrl-C
    reaches them by itself, and SIGTERM is passed on.
    """

    def pass_on(*_: object) -> None:
        for each in running:
            each.terminate()

    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, pass_on)
    return [abs(each.wait()) for each in running]


def announce(what: str) -> None:
    """Which run begins."""
    sys.stdout.write(f"\n=== {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
