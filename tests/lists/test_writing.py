"""Files that a spreadsheet opens: numbers are numbers, and no text becomes a formula."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from donations.lists.asking import Cell
from donations.lists.cells import plain
from donations.lists.writing import PIECE, file_of

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Lines = Sequence[Sequence[Cell]]


def written(
    file_format: str, *chunks: Lines, headings: Sequence[str] = ("A", "B"), rows: int = 9
) -> bytes:
    return b"".join(file_of(file_format, headings=headings, chunks=chunks, most_rows=rows))


def sheets(book: bytes) -> list[list[list[tuple[str, str]]]]:
    """Every cell of every sheet as its type and its value."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        names = sorted(name for name in packed.namelist() if name.startswith("xl/worksheets/"))
        roots = [ElementTree.fromstring(packed.read(name)) for name in names]
    return [
        [[(cell.get("t", "n"), text_of(cell)) for cell in row] for row in root.iter(f"{SHEET}row")]
        for root in roots
    ]


def text_of(cell: ElementTree.Element) -> str:
    """As a spreadsheet reads it: a carriage return has a name of its own."""
    return "".join(cell.itertext()).replace("_x000D_", "\r")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+373 22 123", "'+373 22 123"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\x01=1", "'=1"),
        ("Ana = Ion", "Ana = Ion"),
        ("", ""),
    ],
)
def test_no_text_is_taken_for_a_formula(text: str, kept: str) -> None:
    assert plain(text) == kept
    assert written("csv", [[text, None]]).endswith(f'"{kept}",""\r\n'.encode())
    assert sheets(written("xlsx", [[text, None]]))[0][1][0] == ("inlineStr", kept)


def test_numbers_stay_numbers() -> None:
    line: list[Cell] = [Decimal("-10.50"), 3]
    assert written("csv", [line]) == '\ufeff"A","B"\r\n-10.50,3\r\n'.encode()
    assert sheets(written("xlsx", [line]))[0][1] == [("n", "-10.50"), ("n", "3")]


@pytest.mark.parametrize("minor", [1, 10, 29, 99_999_999, 123_456_789_012_345])
def test_amounts_are_exact_in_a_workbook(minor: int) -> None:
    amount = Decimal(minor).scaleb(-2)
    [(_type, value)] = sheets(written("xlsx", [[amount]]))[0][1]
    assert Decimal(value) == amount


def test_moments_are_iso_8601_in_the_newsroom_s_time() -> None:
    moment = datetime(2026, 11, 20, 12, 0, 5, 123, tzinfo=UTC)
    assert plain(moment) == "2026-11-20T12:00:05+00:00"


def test_quotes_and_lines_stay_in_their_cell() -> None:
    text = 'Ana "A", Ș\nand more'
    [_head, line] = csv.reader(io.StringIO(written("csv", [[text, "x"]]).decode("utf-8-sig")))
    assert line == [text, "x"]


def test_what_no_workbook_may_hold() -> None:
    assert sheets(written("xlsx", [["A\x00\x1fna\ufffe", "x" * 40_000]]))[0][1] == [
        ("inlineStr", "Ana"),
        ("inlineStr", "x" * 32_767),
    ]


def test_an_address_is_no_link() -> None:
    book = written("xlsx", [["https://example.org/", "mailto:ana@example.org"]])
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert b"hyperlink" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("lines", "sizes"), [(0, [1]), (8, [9]), (9, [9, 2]), (17, [9, 9, 2])])
def test_a_full_sheet_goes_on_in_a_further_one(lines: int, sizes: list[int]) -> None:
    found = sheets(written("xlsx", [[number, "x"] for number in range(lines)]))
    assert [len(sheet) for sheet in found] == sizes
    assert all(sheet[0] == [("inlineStr", "A"), ("inlineStr", "B")] for sheet in found)
    assert [row[0][1] for sheet in found for row in sheet[1:]] == [str(n) for n in range(lines)]


def test_pieces_are_no_larger_than_a_chunk_and_a_piece() -> None:
    line = ["x" * 1000, "y"]
    sizes = [
        len(piece) for piece in file_of("csv", headings=["A", "B"], chunks=[[line] * 300] * 20)
    ]
    assert len(sizes) > 4
    assert max(sizes) < PIECE + 400_000


def test_nothing_is_left_open_when_nobody_wants_it_any_more() -> None:
    def chunks() -> Iterator[Lines]:
        yield [["Ana", 1]]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(file_of("xlsx", headings=["A", "B"], chunks=chunks()))
