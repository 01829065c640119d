"""A sheet as a PDF: its text in a font that has every letter, tagged for those who listen."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import font_source_sans_pro
from anyascii import anyascii
from fontTools.ttLib import TTFont
from fpdf import FPDF

from donations.receipts.sheets import Line, Row, Sheet

FOLDER = Path(font_source_sans_pro.font_directory)
FILES = {"": FOLDER / "SourceSansPro-Regular.ttf", "B": FOLDER / "SourceSansPro-Bold.ttf"}
FAMILY = "text"
MARGIN, LABEL, AMOUNT = 22.0, 46.0, 42.0
BODY, SMALL, LINE = 11.0, 9.0, 6.0


class Paper(FPDF):
    """A4, with the tags that fpdf2 writes for pictures given to text."""

    @contextmanager
    def tagged(self, kind: str) -> Iterator[None]:
        """What is written inside is a heading (H1) or a paragraph (P)."""
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=mcid)
        self._out(f"/{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    def footer(self) -> None:
        """The number of the page, on those after the first."""
        if self.page_no() > 1:
            self.set_y(-MARGIN + LINE)
            self.set_font(FAMILY, size=SMALL)
            self.cell(0, LINE, str(self.page_no()), align="R")

    def make_room(self, height: float) -> None:
        """Nothing that belongs together is cut by the end of a page."""
        if self.will_page_break(height):
            self.add_page()


def draw(sheet: Sheet) -> bytes:
    """The file. The same sheet is the same bytes."""
    paper = Paper(format="A4")
    paper.set_lang(sheet.language)
    paper.set_title(f"{sheet.title} · {sheet.author}")
    paper.set_author(sheet.author)
    paper.set_creation_date(sheet.made_for)
    for style, path in FILES.items():
        paper.add_font(FAMILY, style=style, fname=path)
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    paper.add_page()
    head(paper, sheet)
    for line in sheet.facts:
        fact(paper, line)
    if sheet.rows:
        paper.ln(LINE)
    for row in sheet.rows:
        gift(paper, row)
    sums(paper, sheet)
    end(paper, sheet)
    return bytes(paper.output())


def head(paper: Paper, sheet: Sheet) -> None:
    """Who received it, and what this is."""
    for number, text in enumerate(sheet.letterhead):
        paper.set_font(FAMILY, style="" if number else "B", size=BODY if number else 13)
        paragraph(paper, text)
    paper.ln(LINE * 2)
    paper.set_font(FAMILY, style="B", size=24)
    paragraph(paper, sheet.title, kind="H1", height=11)
    paper.ln(LINE)


def fact(paper: Paper, line: Line) -> None:
    """What it is, and beside it how it is here."""
    paper.make_room(LINE * 3)
    label, value = line
    with paper.tagged("P"):
        top = paper.get_y()
        paper.set_font(FAMILY, size=BODY)
        paper.set_text_color(90)
        paper.multi_cell(LABEL, LINE, printable(label), align="L", new_x="RIGHT", new_y="NEXT")
        below = paper.get_y()
        paper.set_text_color(0)
        paper.set_xy(MARGIN + LABEL + 4, top)
        paper.multi_cell(0, LINE, printable(value), align="L", new_x="LMARGIN", new_y="NEXT")
        paper.set_y(max(below, paper.get_y()) + 1)


def gift(paper: Paper, row: Row) -> None:
    """A gift of the year, with a line above it."""
    paper.make_room(LINE * (3 + len(row.remarks)))
    rule(paper)
    with paper.tagged("P"):
        top, width = paper.get_y(), paper.epw - AMOUNT
        paper.set_font(FAMILY, size=BODY)
        what = printable(f"{row.day} · {row.what}")
        paper.multi_cell(width - 4, LINE, what, align="L", new_x="LMARGIN", new_y="NEXT")
        below = paper.get_y()
        paper.set_xy(MARGIN + width, top)
        paper.cell(AMOUNT, LINE, printable(row.amount), align="R")
        paper.set_y(below)
        paper.set_font(FAMILY, size=SMALL)
        paper.set_text_color(90)
        for remark in row.remarks:
            paper.multi_cell(0, 4.5, printable(remark), align="L", new_x="LMARGIN", new_y="NEXT")
        paper.set_text_color(0)
    paper.ln(1.5)


def sums(paper: Paper, sheet: Sheet) -> None:
    """What it comes to."""
    if not sheet.totals:
        return
    paper.make_room(LINE * (len(sheet.totals) + 2))
    rule(paper)
    paper.set_font(FAMILY, style="B", size=BODY)
    for label, amount in sheet.totals:
        with paper.tagged("P"):
            paper.cell(paper.epw - AMOUNT, LINE, printable(label))
            paper.cell(AMOUNT, LINE, printable(amount), align="R", new_x="LMARGIN", new_y="NEXT")


def end(paper: Paper, sheet: Sheet) -> None:
    """A word of thanks."""
    paper.ln(LINE * 2)
    paper.set_font(FAMILY, size=BODY)
    paragraph(paper, sheet.closing)


def paragraph(paper: Paper, text: str, *, kind: str = "P", height: float = LINE) -> None:
    """Over the whole width."""
    with paper.tagged(kind):
        paper.multi_cell(0, height, printable(text), align="L", new_x="LMARGIN", new_y="NEXT")


def rule(paper: Paper) -> None:
    """A thin line, which no one has to hear of."""
    paper.set_draw_color(190)
    paper.line(MARGIN, paper.get_y(), MARGIN + paper.epw, paper.get_y())
    paper.ln(1.5)


def printable(text: str) -> str:
    """With letters that the font does not have written in ours, so that no name is boxes."""
    known = letters()
    return "".join(each if ord(each) in known else anyascii(each) for each in text)


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """What the font has."""
    with TTFont(FILES[""], lazy=True) as font:
        return frozenset(font.getBestCmap())
