"""Paper: the same sheet is the same file, and every letter of ours is on it."""

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from donations.receipts.drawing import draw, printable
from donations.receipts.sheets import Row, Sheet

SHEET = Sheet(
    language="ro",
    title="Chitanță",
    file_name="chitanta-2026-05-03.pdf",
    author="A.O. «NewsCafe»",
    letterhead=["A.O. «NewsCafe»", "IDNO 1012600012345", "str. Ștefan cel Mare 1, Chișinău"],
    facts=[("Primit de la", "Ана Щербакова, ana@example.org"), ("Sumă", "10,00 EUR")],
    closing="Vă mulțumim.",
    made_for=datetime(2026, 5, 3, 12, tzinfo=UTC),
)
ROW = Row(day="3 mai 2026", what="Susținere", amount="10,00 EUR", remarks=["pi_123"])


def pages(paper: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", paper))


def content(paper: bytes) -> bytes:
    """What is drawn, unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(unpacked)


def test_the_same_sheet_is_the_same_file() -> None:
    assert draw(SHEET) == draw(SHEET)


def test_another_amount_is_another_file() -> None:
    assert draw(SHEET) != draw(replace(SHEET, facts=[("Sumă", "10,01 EUR")]))


def test_it_says_its_language_and_title_and_is_tagged() -> None:
    paper = draw(SHEET)

    assert paper.startswith(b"%PDF-")
    assert b"/Lang (ro)" in paper
    assert b"/Marked true" in paper
    assert b"/S /H1" in paper
    assert paper.count(b"/S /P") == 3 + 2 + 1
    assert content(paper).count(b"BDC") == content(paper).count(b"EMC") == 7


def test_many_gifts_run_over_pages_and_none_is_cut() -> None:
    paper = draw(replace(SHEET, rows=[ROW] * 100, totals=[("În total", "1.000,00 EUR")]))

    assert pages(paper) > 3
    assert content(paper).count(b"BDC") == content(paper).count(b"EMC")


@pytest.mark.parametrize("text", ["Ștefan Țărnă", "Ёлка Щука Їжак", "10,00 € · №5 — “да”"])
def test_our_letters_are_written_as_they_are(text: str) -> None:
    assert printable(text) == text


def test_letters_that_the_font_does_not_have_are_spelled() -> None:
    assert printable("王小明") == "WangXiaoMing"


@pytest.mark.parametrize("text", ["", "\n", "a" * 500, "\x00", "\u202e", "😀"])
def test_odd_words_are_no_trouble(text: str) -> None:
    assert draw(replace(SHEET, facts=[("Name", text)])).startswith(b"%PDF-")
