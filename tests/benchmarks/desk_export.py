"""How fast and in how much memory a long list becomes a file, by the worker's own operation.

A tenth of the rows and all of them, each in a process of its own on PostgreSQL: memory that does
not grow with the rows is constant. Beside it the plain loop that one would write with Django and
the same library, without leases, progress, or a guard against formulas.
`python -m tests.benchmarks.desk_export [--rows N]`
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.benchmarks.postgres import environment, own_database, url
from tests.benchmarks.reporting import figure, say

RATE_GOAL, MEMORY_GOAL = 0.8, 1.10
PEOPLE = """
INSERT INTO donations_supporter (email, name, language, created_at, public_name, is_name_hidden)
SELECT 'reader' || n || '@example.org', 'Ștefan =Țurcanu ' || n, 'ro',
       timestamptz '2020-01-01' + n * interval '1 minute', '', false
FROM generate_series(1, %(rows)s) n
"""
TOTALS = """
INSERT INTO donations_supportertotal
       (supporter_id, currency, gifts, given_minor, returned_minor, first_at, last_at)
SELECT id, 'EUR', 3, 1000 + id %% 5000, 0, created_at, created_at FROM donations_supporter
"""
STANDINGS = """
INSERT INTO donations_standing
       (supporter_id, kind, gifts, first_gift_at, last_gift_at, latest_at)
SELECT id, 'once', 3, created_at, created_at, created_at FROM donations_supporter
"""
WORKER = """
import django
django.setup()
from django.utils import timezone
from donations.lists import exporting
from donations.models import Export, User
by = User.objects.create_user("bench@example.org", is_staff=True, role="treasurer")
exporting.ask(by=by, room="supporters", query="sort=name", file_format={format!r},
              language="en", at=timezone.now())
exporting.run_next(clock=timezone.now)
export = Export.objects.get()
assert (export.state, export.done) == ("done", {rows}), (export.state, export.done)
"""
PLAIN = """
import csv, tempfile
from decimal import Decimal
import django
django.setup()
from django.db.models.functions import Lower
from xlsxwriter import Workbook
from donations.models import Supporter
def lines():
    rows = Supporter.objects.select_related("standing").prefetch_related("totals")
    for each in rows.order_by(Lower("name"), "pk").iterator(chunk_size=2000):
        standing = each.standing
        for total in each.totals.all():
            yield (
                each.pk, each.name, each.email, standing.get_kind_display(),
                Decimal(total.given_minor).scaleb(-2), Decimal(total.returned_minor).scaleb(-2),
                total.currency, total.gifts,
                standing.last_gift_at.isoformat(), each.language,
            )
with tempfile.TemporaryFile("w+b") as file:
    if {format!r} == "csv":
        with open(file.fileno(), "w", newline="", closefd=False) as text:
            csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(lines())
    else:
        with Workbook(file, {{"constant_memory": True}}) as book:
            sheet = book.add_worksheet()
            for row, line in enumerate(lines()):
                sheet.write_row(row, 0, line)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    for file_format in ("csv", "xlsx"):
        say(f"desk: {rows} supporters as {file_format}, on PostgreSQL")
        with supporters(rows // 10) as database:
            _seconds, low = taken(ours(file_format, rows // 10), database)
        with supporters(rows) as database:
            loop, _peak = taken(PLAIN.format(format=file_format), database)
            seconds, high = taken(ours(file_format, rows), database)
        say(
            f"  {seconds:.1f} s, a plain loop {loop:.1f} s;"
            f" peak {low / 1024:.0f} MB for a tenth, {high / 1024:.0f} MB for all"
        )
        rate, growth = loop / seconds, high / low
        figure(f"desk.{file_format}_rate", rate, RATE_GOAL, is_good=rate >= RATE_GOAL)
        figure(f"desk.{file_format}_memory", growth, MEMORY_GOAL, is_good=growth <= MEMORY_GOAL)
    return 0


@contextmanager
def supporters(rows: int) -> Iterator[str]:
    """A database of so many, each with what they gave."""
    with own_database() as database:
        with psycopg.connect(url(database)) as link:
            link.execute(PEOPLE, {"rows": rows})
            link.execute(TOTALS, {})
            link.execute(STANDINGS, {})
        with psycopg.connect(url(database), autocommit=True) as link:
            link.execute("VACUUM ANALYZE")
        yield database


def ours(file_format: str, rows: int) -> str:
    """The worker's program."""
    return WORKER.format(format=file_format, rows=rows)


def taken(program: str, database: str) -> tuple[float, int]:
    """Seconds, and the peak memory of the process in kilobytes."""
    settings = {**environment(database), "DJANGO_SETTINGS_MODULE": "config.settings"}
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, **settings}
    ) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"it failed with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
