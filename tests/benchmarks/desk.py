"""How long the desk's pages take at two sizes of newsroom, beside the limit and beside each other.

Both newsrooms are on the same PostgreSQL, each made by `seed_demo`; each page is asked for in turn
at one and at the other, through Django's whole stack and as an administrator. What a page takes is
the median of its rounds, and the limit is 200 ms. `python -m tests.benchmarks.desk [--large N]`
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median

import psycopg

from tests.benchmarks.postgres import environment, own_database, url
from tests.benchmarks.reporting import figure, say

SMALL, LARGE = 10_000, 1_000_000
YEARS = 7
ROUNDS = 15
LIMIT_MS, RATIO = 200.0, 1.5
# What is as fast as this at both sizes has no ratio worth the name: it is noise.
NOISE_MS = 5.0
DJANGO = {"DJANGO_SETTINGS_MODULE": "config.settings"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE)
    parser.add_argument("--small-at", help="a database that is seeded already, by its name")
    parser.add_argument("--large-at", help="the same for the larger one")
    sizes = parser.parse_args()
    say(f"desk: milliseconds a page, newsrooms of {sizes.small} and {sizes.large} supporters")
    with ExitStack() as stack:
        small = stack.enter_context(newsroom(sizes.small, sizes.small_at))
        large = stack.enter_context(newsroom(sizes.large, sizes.large_at))
        names = small.ask("names").split()
        taken = {name: rounds(name, small, large) for name in names}
    for name, (at_small, at_large) in taken.items():
        report(name, at_small, at_large)
    return 0


class Looker:
    """A process that looks at one newsroom's pages and says how long each took."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders, self.answers = process.stdin, process.stdout

    def ask(self, order: str) -> str:
        """One order, one line of answer. Raises RuntimeError when it has died."""
        self.orders.write(f"{order}\n")
        self.orders.flush()
        if answer := self.answers.readline():
            return answer.strip()
        raise RuntimeError(f"no answer to {order}")

    def look(self, name: str) -> float:
        """Milliseconds."""
        return float(self.ask(name))


@contextmanager
def newsroom(supporters: int, ready: str | None) -> Iterator[Looker]:
    """A database of so many, or one that is ready, and somebody to look at its desk."""
    with ExitStack() as stack:
        database = ready or stack.enter_context(seeded(supporters))
        say(f"  {database}: {donations(database)} donations")
        yield stack.enter_context(looker(database))


@contextmanager
def seeded(supporters: int) -> Iterator[str]:
    """A database of our own with a history."""
    with own_database() as database:
        begun = time.perf_counter()
        seed(database, supporters)
        say(f"  {supporters} supporters seeded in {time.perf_counter() - begun:.0f} s")
        yield database


@contextmanager
def looker(database: str) -> Iterator[Looker]:
    """Somebody at this newsroom's desk."""
    command = [sys.executable, "-m", "tests.benchmarks.desklook"]
    with subprocess.Popen(
        command,
        env={**os.environ, **environment(database), **DJANGO},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            yield Looker(process)
        finally:
            process.terminate()


def seed(database: str, supporters: int) -> None:
    """A history, and what the database's own housekeeping would have done by then."""
    subprocess.run(
        [
            *(sys.executable, "manage.py", "seed_demo", "--supporters", str(supporters)),
            *("--years", str(YEARS), "--seed", "1"),
        ],
        env={**os.environ, **environment(database)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    with psycopg.connect(url(database), autocommit=True) as link:
        link.execute("VACUUM (ANALYZE)")


def donations(database: str) -> int:
    """How many there are."""
    with psycopg.connect(url(database)) as link:
        row = link.execute("SELECT count(*) FROM donations_donation").fetchone()
    return int(row[0]) if row else 0


def rounds(name: str, small: Looker, large: Looker) -> tuple[list[float], list[float]]:
    """The same page here and there, in turn; the first look of each warms it up."""
    pairs = [(small.look(name), large.look(name)) for _round in range(ROUNDS + 1)][1:]
    return [one for one, _ in pairs], [other for _, other in pairs]


def report(name: str, at_small: list[float], at_large: list[float]) -> None:
    """The page at the larger size beside the limit, and beside itself at the smaller."""
    low, high = median(at_small), median(at_large)
    say(f"  {name:<24} {low:7.1f} ms   {high:7.1f} ms")
    figure(f"desk.{name}.ms", high, LIMIT_MS, is_good=max(low, high) < LIMIT_MS)
    ratio = high / low
    figure(f"desk.{name}.ratio", ratio, RATIO, is_good=ratio <= RATIO or high < NOISE_MS)


if __name__ == "__main__":
    sys.exit(main())
