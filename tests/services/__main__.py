"""`python -m tests.services`: the suite on PostgreSQL, then the crash tests over every broker.

TEST_DATABASE_URL and TEST_BROKER_URLS say where; the Redis database that is named is emptied.
A server that does not answer is a failure, never a reason to skip. Arguments go on to pytest.
"""

import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

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
    for url in servers.broker_urls():
        if worst == pytest.ExitCode.INTERRUPTED:
            break
        worst = max(worst, crashes(url, arguments))
    return worst


def everything(arguments: list[str]) -> int:
    """The ordinary suite, and the races, on PostgreSQL."""
    announce("the whole suite on PostgreSQL")
    with nothing_left() as name:
        url = servers.with_name(servers.database_url(), name)
        chosen = ["-m", "not browser", "--ignore", "tests/services/brokers", *arguments]
        return run(chosen, DEBUG="on", DATABASE_URL=url)


def crashes(broker: str, arguments: list[str]) -> int:
    """Real processes over one broker."""
    announce(f"the crash tests over {servers.shown(broker)}")
    return run(
        ["tests/services/brokers", *arguments],
        DEBUG="on",
        DATABASE_URL=servers.database_url(),
        CELERY_BROKER_URL=broker,
    )


@contextmanager
def nothing_left() -> Iterator[str]:
    """A name nobody else uses; what pytest-django makes of it is gone afterwards, come what may."""
    name = f"footnote_{uuid.uuid4().hex[:8]}"
    try:
        yield name
    finally:
        databases.drop(f"test_{name}")


def run(arguments: list[str], **ours: str) -> int:
    """One pytest, whose words go where ours go; its exit code.

    Whoever stops us has to wait until it has put its processes and databases away: Ctrl-C reaches
    it by itself, and SIGTERM is passed on.
    """
    running = subprocess.Popen([*PYTEST, *arguments], env=servers.surroundings(**ours))
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: running.terminate())
    return abs(running.wait())


def announce(what: str) -> None:
    """Which run begins."""
    sys.stdout.write(f"\n=== {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
