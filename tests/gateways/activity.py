"""Activity files for tests: the samples, and files made of rows."""

import csv
import io
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from donations.gateways.paypal.activity import (
    Answers,
    Ignored,
    Outcome,
    Puzzling,
    Row,
    Survey,
    read_rows,
    survey,
)

PAYLOADS = Path(__file__).parent / "payloads" / "paypal"
ENGLISH = PAYLOADS / "activity_en_us.csv"
GERMAN = PAYLOADS / "activity_de.csv"
PLAIN = {
    "Date": "20/11/2026",
    "Time": "12:00:00",
    "TimeZone": "CET",
    "Name": "Ana",
    "Type": "Donation Payment",
    "Status": "Completed",
    "Currency": "EUR",
    "Gross": "10.00",
    "Fee": "-0.69",
    "Net": "9.31",
    "From Email Address": "ana@example.org",
    "To Email Address": "gifts@example.org",
    "Reference Txn ID": "",
    "Custom Number": "",
    "Note": "",
    "Balance Impact": "Credit",
}


def payment(number: int = 1, **changes: str) -> dict[str, str]:
    """A row of ten euros; a name with underscores stands for one with spaces."""
    named = {name.replace("_", " "): value for name, value in changes.items()}
    return {"Transaction ID": txn(number)} | PLAIN | named


def txn(number: int) -> str:
    """A name as PayPal gives them: 17 letters and figures."""
    return f"4AB{number:05d}XX0000001"


def made(rows: Iterable[dict[str, str]], *, delimiter: str = ",", without: str = "") -> bytes:
    """The file of these rows as PayPal writes it, or almost."""
    text = io.StringIO()
    listed = [dict(row) for row in rows]
    names = [name for name in listed[0] if name != without]
    writer = csv.DictWriter(
        text, names, delimiter=delimiter, quoting=csv.QUOTE_ALL, extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(listed)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def renamed(row: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """The same row under other headings."""
    return {names.get(name, name): value for name, value in row.items()}


def looked(body: bytes, **answers: Any) -> Survey:
    """The first pass."""
    return survey(io.BytesIO(body), Answers(**answers))


def understood(body: bytes, **answers: Any) -> list[Outcome]:
    """Both passes."""
    told = Answers(**answers)
    return list(read_rows(io.BytesIO(body), survey(io.BytesIO(body), told), told))


def taken(outcomes: Iterable[Outcome]) -> list[Row]:
    """The rows that change the books."""
    return [each for each in outcomes if isinstance(each, Row)]


def reasons(outcomes: Iterable[Outcome]) -> list[str]:
    """Why the others do not, sorted."""
    return sorted(each.reason for each in outcomes if isinstance(each, Ignored | Puzzling))


def many(number: int, *, start: int = 0) -> Iterable[dict[str, str]]:
    """As many payments, each of another amount."""
    for each in count(start):
        if each == start + number:
            return
        gross = 500 + each
        yield payment(
            each, Gross=f"{gross / 100:.2f}", Fee="-0.50", Net=f"{(gross - 50) / 100:.2f}"
        )
