"""From bytes to records: what is not PayPal's CSV is refused with what to do about it."""

import csv
import io
from collections.abc import Generator, Iterator
from itertools import chain
from typing import BinaryIO

from donations.gateways.paypal.activity.sentences import explained, reason

HEAD = 8192
# PayPal's longest lines, with long notes and addresses, have a few thousand characters.
LONGEST_LINE = 1024 * 1024
# And with all that can be asked for some fifty columns.
MOST_COLUMNS = 300
UTF16 = (b"\xff\xfe", b"\xfe\xff")
SIGNATURES = {
    b"PK\x03\x04": "archive",
    b"PK\x05\x06": "archive",
    b"\x1f\x8b": "archive",
    b"\xd0\xcf\x11\xe0": "archive",
    b"%PDF": "pdf",
}


class ActivityFileRefused(Exception):
    """Nothing of this file can be taken; the text says what to do instead.

    `kept` is the reason in a form that is put into words by `sentences.explained`.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.kept = code, reason(code, detail)
        super().__init__(explained(self.kept))


def records(stream: BinaryIO) -> Generator[tuple[int, list[str]], None, None]:
    """The number of the first line of each record, and its fields; the header comes first.

    One record is in memory at a time; close it before the stream. Raises ActivityFileRefused.
    """
    stream.seek(0)
    check_head(stream.read(HEAD))
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        yield from parsed(text)
    finally:
        text.detach()


def check_head(head: bytes) -> None:
    """Refuse what its first bytes betray."""
    for signature, code in SIGNATURES.items():
        if head.startswith(signature):
            raise ActivityFileRefused(code)
    if head.startswith(UTF16) or head.count(b"\0") > len(head) // 4:
        raise ActivityFileRefused("utf16")
    if b"\0" in head:
        raise ActivityFileRefused("binary")
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begin:
        raise ActivityFileRefused("empty")
    if begin.startswith(b"<"):
        raise ActivityFileRefused("page")


def parsed(text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """Records with something in them."""
    number = 1
    try:
        source = lines(text)
        first = next((line for line in source if line.strip()), "")
        if not first:
            raise ActivityFileRefused("empty")
        reader = csv.reader(chain([first], source), delimiter=delimiter_of(first), strict=True)
        for fields in reader:
            if len(fields) > MOST_COLUMNS:
                raise ActivityFileRefused("line", str(number))
            if any(fields):
                yield number, fields
            number = reader.line_num + 1
    except csv.Error as error:
        raise ActivityFileRefused("quoting", str(number)) from error
    except UnicodeDecodeError as error:
        raise ActivityFileRefused("encoding", str(number)) from error


def lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines as they end in the file, none of them endless."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            raise ActivityFileRefused("line", str(number))
        if "\0" in line:
            raise ActivityFileRefused("binary")
        yield line


def delimiter_of(header: str) -> str:
    """What separates the columns."""
    columns = {mark: len(next(csv.reader([header], delimiter=mark))) for mark in ",\t;"}
    best = max(columns, key=lambda mark: columns[mark])
    if best == ";":
        raise ActivityFileRefused("semicolon")
    return best
