"""Cells of a file that a spreadsheet opens."""

from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime

from donations.lists.asking import Cell

# What a spreadsheet may take for a formula (OWASP, "CSV Injection"), in both widths.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# What no XML may hold, and so no workbook.
NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def plain(cell: Cell) -> str | int | Decimal | None:
    """A cell as it is written: numbers stay numbers, and no text is taken for a formula."""
    if isinstance(cell, datetime):
        return localtime(cell).isoformat(timespec="seconds")
    if isinstance(cell, str):
        return harmless(cell)
    return cell


def harmless(text: str) -> str:
    """An apostrophe before what begins like a formula, spaces apart."""
    text = text.translate(NO_XML)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text
