"""How fast and in how much memory the command imports PayPal's activity file, beside a bare COPY.

Ours reads, understands, checks and books a download of 41 columns, in one transaction. The peer is
psycopg's COPY of the very rows that ours wrote (events, donations, postings, lines), ready-made,
into tables with the same columns, indexes and constraints, in one transaction too: it reads no
file, decides nothing and checks nothing. `python -m tests.benchmarks.activity [--rows N]`
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import psycopg
from psycopg import sql

from tests.benchmarks.postgres import environment, own_database, url
from tests.benchmarks.reporting import say

RATE_GOAL, MEMORY_GOAL = 0.08, 1.20
PEER_ROUNDS = 3
TABLES = ("inboundevent", "donation", "posting", "line")
KEYS = {"line": ("posting_id", "posting"), "donation": ("subscription_id", "subscription")}
SAMPLE = Path(__file__).parents[1] / "gateways/payloads/paypal/activity_en_us.csv"
BEGIN = datetime(2021, 1, 20, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    rows = parser.parse_args().rows
    say(f"import: {rows} rows of an activity file by the command, on PostgreSQL")
    with tempfile.TemporaryDirectory() as folder, own_database() as small, own_database() as large:
        tenth, whole = Path(folder) / "tenth.csv", Path(folder) / "whole.csv"
        write(tenth, rows // 10)
        write(whole, rows)
        _seconds, low = imported(tenth, small)
        seconds, high = imported(whole, large)
        written, copied = peer(large, Path(folder))
    say(f"  ours {seconds:7.1f} s  {rows / seconds:7.0f} rows/s, {written} rows in 4 tables")
    say(f"  peer {copied:7.1f} s  {rows / copied:7.0f} rows/s")
    say(f"  peak memory {low / 1024:.0f} MB for {rows // 10} rows, {high / 1024:.0f} MB for {rows}")
    verdict("import.rows", copied / seconds, RATE_GOAL, is_good=copied / seconds >= RATE_GOAL)
    verdict("import.memory", high / low, MEMORY_GOAL, is_good=high / low <= MEMORY_GOAL)
    return 0


def verdict(name: str, value: float, goal: float, *, is_good: bool) -> None:
    say(f"BENCH {name} {value:.2f} {goal:.2f} {'ok' if is_good else 'short'}")


def write(path: Path, rows: int) -> None:
    """Years of a newsroom: mostly gifts, some instalments, refunds, conversions, and the rest."""
    with SAMPLE.open(encoding="utf-8-sig", newline="") as sample:
        header = next(csv.reader(sample))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        number = 0
        while number < rows:
            for row in happening(number):
                writer.writerow(row)
                number += 1


def happening(number: int) -> Iterator[dict[str, str]]:
    """One thing that happened: a row, or the few that belong together."""
    gift = payment(number)
    match number % 100:
        case 10 | 30 | 50 | 70 | 90:
            subscription = f"I-BENCH{number % 7000:08d}"
            yield gift | {"Type": "Subscription Payment", "Reference Txn ID": subscription}
        case 20 | 60:
            yield gift | row(number, "Payment Refund", -500, 17) | of(number - 9)
        case 40:
            yield gift | {"Currency": "PLN"}
            sold = row(number + 1, "General Currency Conversion", -450, 0)
            yield gift | sold | {"Currency": "PLN"} | of(number)
            yield gift | row(number + 2, "General Currency Conversion", 110, 0) | of(number)
        case 80:
            yield gift | row(number, "User Initiated Withdrawal", -99_999, 0)
        case 81:
            yield gift | row(number, "Hold on Balance for Dispute Investigation", -500, 0)
        case 82:
            yield gift | row(number, "Express Checkout Payment", -4_900, 0)
        case 83:
            yield gift | {"Status": "Pending", "Balance Impact": "Memo"}
        case _:
            yield gift


def payment(number: int) -> dict[str, str]:
    """A gift."""
    at = BEGIN + timedelta(minutes=12 * number)
    reader = number * 7919 % 60_000
    return row(number, "Donation Payment", 500 + number % 9500, -50 - number % 300) | {
        "Date": f"{at:%m/%d/%Y}",
        "Time": f"{at:%H:%M:%S}",
        "TimeZone": "PDT" if 3 < at.month < 11 else "PST",
        "Name": f"Ștefan Țurcanu {reader}",
        "Status": "Completed",
        "Currency": "EUR",
        "From Email Address": f"reader{reader}@example.org",
        "To Email Address": "gifts@example.org",
        "Item Title": "Support",
        "Custom Number": f"don-{number}",
        "Balance": "1,209.31",
        "Note": "keep going" if number % 9 == 0 else "",
        "Country Code": "MD",
        "Balance Impact": "Credit",
    }


def row(number: int, kind: str, gross: int, fee: int) -> dict[str, str]:
    """What moved."""
    amounts = {"Gross": gross, "Fee": fee, "Net": gross + fee}
    texts = {name: f"{minor / 100:,.2f}" for name, minor in amounts.items()}
    return {"Type": kind, "Transaction ID": name_of(number), **texts}


def name_of(number: int) -> str:
    return f"9XB{number:07d}BENCH01"


def of(number: int) -> dict[str, str]:
    """Which transaction it belongs to."""
    return {"Reference Txn ID": name_of(number)}


def imported(path: Path, database: str) -> tuple[float, int]:
    """The command as staff run it: seconds, and its peak memory in kilobytes."""
    command = [sys.executable, "manage.py", "import_paypal_activity", str(path)]
    begun = time.perf_counter()
    with subprocess.Popen(command, env={**os.environ, **environment(database)}) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import failed with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss


def peer(database: str, folder: Path) -> tuple[int, float]:
    """How many rows ours wrote, and how long it takes to COPY them into twins of the tables."""
    taken = []
    with psycopg.connect(url(database)) as link:
        for table in TABLES:
            copy_out(link, table, folder)
            twin(link, table)
        for _round in range(PEER_ROUNDS):
            link.execute("TRUNCATE " + ", ".join(f"twin_{table}" for table in TABLES))
            link.commit()
            begun = time.perf_counter()
            written = sum(copy_in(link, table, folder) for table in TABLES)
            link.commit()
            taken.append(time.perf_counter() - begun)
    return written, median(taken)


def copy_out(link: "psycopg.Connection[tuple[object, ...]]", table: str, folder: Path) -> None:
    """What ours wrote, into a file."""
    command = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(f"donations_{table}"))
    with (folder / table).open("wb") as stream, link.cursor().copy(command) as copy:
        for data in copy:
            stream.write(data)


def twin(link: "psycopg.Connection[tuple[object, ...]]", table: str) -> None:
    """An empty table with the same columns, indexes, checks and references."""
    names = {"twin": sql.Identifier(f"twin_{table}"), "own": sql.Identifier(f"donations_{table}")}
    link.execute(sql.SQL("CREATE TABLE {twin} (LIKE {own} INCLUDING ALL)").format(**names))
    if table in KEYS:
        column, other = KEYS[table]
        target = f"twin_{other}" if other in TABLES else f"donations_{other}"
        link.execute(
            sql.SQL(
                "ALTER TABLE {twin} ADD FOREIGN KEY ({column}) REFERENCES {target} (id)"
            ).format(**names, column=sql.Identifier(column), target=sql.Identifier(target))
        )


def copy_in(link: "psycopg.Connection[tuple[object, ...]]", table: str, folder: Path) -> int:
    """The same rows into the twin."""
    command = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(f"twin_{table}"))
    cursor = link.cursor()
    with (folder / table).open("rb") as stream, cursor.copy(command) as copy:
        while data := stream.read(65536):
            copy.write(data)
    return cursor.rowcount


if __name__ == "__main__":
    sys.exit(main())
