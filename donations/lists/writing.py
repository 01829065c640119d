"""Lines as a file, whatever their number: no more than a few of them in memory."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from donations.lists.asking import Cell
from donations.lists.cells import plain
from donations.lists.models import Export

# Small: psycopg remembers the last hundred statements of a connection, a piece with each.
PIECE = 64 * 1024
# A sheet's last row; the first of each is the headings.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
Chunks = Iterable[Sequence[Sequence[Cell]]]


def file_of(
    file_format: str, *, headings: Sequence[str], chunks: Chunks, most_rows: int = MOST_ROWS
) -> Iterator[bytes]:
    """The file in pieces."""
    if file_format == Export.Format.CSV:
        return as_csv(headings, chunks)
    return as_workbook(headings, chunks, most_rows)


def as_csv(headings: Sequence[str], chunks: Chunks) -> Iterator[bytes]:
    """UTF-8 with the mark by which Excel knows it; every text in quotes."""
    held = io.StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_NONNUMERIC)
    held.write("\ufeff")
    writer.writerow([plain(each) for each in headings])
    for chunk in chunks:
        writer.writerows([bare(cell) for cell in line] for line in chunk)
        if held.tell() >= PIECE:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def bare(cell: Cell) -> str | int | Decimal:
    """For the csv module, a cell without a value is an empty text."""
    written = plain(cell)
    return "" if written is None else written


def as_workbook(headings: Sequence[str], chunks: Chunks, most_rows: int) -> Iterator[bytes]:
    """Written to the disk line by line, then packed; where a sheet is full a further one begins."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as packed:
        book = Workbook(
            packed, {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False}
        )
        book.use_zip64()
        try:
            fill(book, headings, chunks, most_rows)
        except BaseException:
            # Its sheets are open files; nobody wants what is in them.
            with suppress(Exception):
                book.close()
            raise
        book.close()
        packed.seek(0)
        while piece := packed.read(PIECE):
            yield piece


def fill(book: Workbook, headings: Sequence[str], chunks: Chunks, most_rows: int) -> None:
    """Every line into the sheet that has room for it."""
    sheet, row = begun(book, headings), 1
    for chunk in chunks:
        for line in chunk:
            if row == most_rows:
                sheet, row = begun(book, headings), 1
            write(sheet, row, line)
            row += 1


def begun(book: Workbook, headings: Sequence[str]) -> Worksheet:
    """A sheet with its headings, which stay in sight."""
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    write(sheet, 0, headings)
    return sheet


def write(sheet: Worksheet, row: int, line: Sequence[Cell]) -> None:
    """Numbers as numbers, whose form in the file is decimal; all else as text, never a formula."""
    for column, cell in enumerate(line):
        written = plain(cell)
        if isinstance(written, str):
            sheet.write_string(row, column, written[:LONGEST_CELL])
        elif written is not None:
            sheet.write_number(row, column, written)
