"""What people are told about a file or a row, by the code of the reason.

A reason is kept as `code` or `code: detail` and put into words when somebody reads it, in their
language.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

AGAIN = gettext_noop("Hand in the file exactly as PayPal made it, without saving it again.")
REFUSALS: Mapping[str, str] = {
    "empty": gettext_noop("The file is empty. Download the activity again from PayPal, as CSV."),
    "archive": gettext_noop(
        "This is a ZIP archive or an Excel workbook. Choose CSV as the format of PayPal's activity "
        "download; if PayPal packed the file, unpack it first."
    ),
    "pdf": gettext_noop("This is a PDF. Choose CSV as the format of PayPal's activity download."),
    "page": gettext_noop(
        "This is a web page. Sign in to PayPal, download the activity as CSV and hand in that file."
    ),
    "binary": gettext_noop(
        "This is not a text file. Choose CSV as the format of PayPal's activity download."
    ),
    "utf16": gettext_noop("The file is in UTF-16, so another program has saved it."),
    "encoding": gettext_noop(
        "The file is not in UTF-8 (near line %(detail)s), so another program has saved it."
    ),
    "semicolon": gettext_noop(
        "Its columns are separated by semicolons, so a spreadsheet has saved it."
    ),
    "columns": gettext_noop(
        "This is not PayPal's activity as CSV. Columns that it lacks: %(detail)s."
    ),
    "rows": gettext_noop("The file has a header and nothing below it. Choose a longer period."),
    "line": gettext_noop("Line %(detail)s is longer than any of PayPal's: the file is damaged."),
    "quoting": gettext_noop(
        "Line %(detail)s cannot be read: a quotation mark opens and never closes, or a field has "
        "no end. The file is damaged: download it again."
    ),
    "numbers": gettext_noop(
        "The amounts cannot be read: neither as 1,234.56 nor as 1.234,56 do gross and fee make net."
    ),
    "dates": gettext_noop(
        "The dates cannot be read: they are neither 11/20/2026 nor 20/11/2026 nor 20.11.2026."
    ),
    "two orders": gettext_noop(
        "The dates contradict each other or the answer: lines %(detail)s. Some have the day first, "
        "others the month. Hand in each download by itself."
    ),
    "failed": gettext_noop(
        "Something went wrong on our side and is in the log. Nothing of the file was imported."
    ),
}
# After these the same advice follows.
SAVED_AGAIN = frozenset(("utf16", "encoding", "semicolon", "numbers", "line"))
REASONS: Mapping[str, str] = {
    "pending": gettext_noop("not completed yet"),
    "other": gettext_noop("failed, denied or canceled"),
    "memo": gettext_noop("memo lines, which move no money"),
    "own spending": gettext_noop("our own spending"),
    "own refund": gettext_noop("money back from our own spending"),
    "nothing": gettext_noop("amounts of zero"),
    "hold": gettext_noop("holds and their release"),
    "authorization": gettext_noop("authorizations"),
    "withdrawal": gettext_noop("withdrawals to the bank"),
    "deposit": gettext_noop("deposits from the bank"),
    "account_fee": gettext_noop("fees of the account itself"),
    "paperwork": gettext_noop("invoices and requests, which move no money"),
    "ignore": gettext_noop("left out by the answer given"),
    "own conversion": gettext_noop("conversions of the balance"),
    "second half": gettext_noop("the second line of a conversion"),
    "fields": gettext_noop("another number of columns than the header has"),
    "kind": gettext_noop("a type that is not known: %(detail)s"),
    "status": gettext_noop("a status that is not known: %(detail)s"),
    "transaction": gettext_noop("no transaction ID of PayPal: %(detail)s"),
    "currency": gettext_noop("no currency: %(detail)s"),
    "amount": gettext_noop("an amount that cannot be read: %(detail)s"),
    "proof": gettext_noop("gross and fee do not make net: %(detail)s"),
    "sign": gettext_noop("an amount with the wrong sign: %(detail)s"),
    "date": gettext_noop("a date or time that cannot be read: %(detail)s"),
    "zone": gettext_noop("a time zone that is not known: %(detail)s"),
    "reference": gettext_noop("it does not say which payment it belongs to"),
    "unpaired": gettext_noop("a conversion whose other line is missing"),
    "differs": gettext_noop("it is in the books with something else: %(detail)s"),
}


def reason(code: str, detail: str = "") -> str:
    """A reason as it is kept."""
    return f"{code}: {detail[:80]}" if detail else code


def explained(kept: str) -> str:
    """A kept reason in words, in the reader's language; one of nobody's is told as it is."""
    code, _colon, detail = kept.partition(": ")
    text = REFUSALS.get(code) or REASONS.get(code)
    if text is None:
        return kept
    told = _(text) % {"detail": detail or "?"}
    return f"{told} {_(AGAIN)}" if code in SAVED_AGAIN else told
