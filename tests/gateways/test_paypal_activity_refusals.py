"""What is not PayPal's CSV is refused with what to do, whatever bytes it is made of."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from donations.gateways.paypal.activity import ActivityFileRefused, Answers, read_rows, survey
from tests.gateways.activity import PLAIN, looked, made, payment, reasons, understood

FILE = made([payment()])
TEXT = FILE.decode("utf-8-sig")


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("body", "code", "advice"),
    [
        (b"", "empty", "is empty"),
        (b"\xef\xbb\xbf \r\n", "empty", "is empty"),
        (b"\xef\xbb", "empty", "is empty"),
        (b'"","",\n,\n', "columns", "Transaction ID"),
        (zipped(), "archive", "unpack it"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "archive", "Excel"),
        (b"%PDF-1.7\n", "pdf", "Choose CSV"),
        (b"\n<!DOCTYPE html><html>sign in</html>", "page", "Sign in to PayPal"),
        (b"\x89PNG\r\n\x1a\n\0\r", "binary", "not a text file"),
        (FILE + b"\0", "binary", "not a text file"),
        (TEXT.encode("utf-16"), "utf16", "UTF-16"),
        (TEXT.encode("utf-16-le"), "utf16", "exactly as PayPal made it"),
        (made([payment(Name="Jörg")])[3:].decode().encode("cp1252"), "encoding", "not in UTF-8"),
        (made([payment()], delimiter=";"), "semicolon", "separated by semicolons"),
        (b"Dear Sir,\nplease find attached\n", "columns", "Transaction ID"),
        (b"a,b,c,d,e,f\n" + b"prose, and more\n" * 9, "columns", "Status"),
        (FILE.splitlines()[0], "rows", "nothing below"),
        (FILE + b'"unclosed', "quoting", "quotation mark"),
        (FILE + b'"a"b,"c"\n', "quoting", "Line 3"),
        (FILE + b'"' + b"x" * 200_000, "quoting", "download it again"),
        (FILE + b"x," * 600_000, "line", "Line 3"),
    ],
)
def test_what_is_no_csv_of_paypal(body: bytes, code: str, advice: str) -> None:
    with pytest.raises(ActivityFileRefused, match=advice) as refused:
        looked(body)
    assert refused.value.code == code


def test_bytes_that_are_not_utf8_far_down() -> None:
    body = made([payment(number) for number in range(200)]) + b"J\xf6rg\n"
    with pytest.raises(ActivityFileRefused) as refused:
        looked(body)
    assert refused.value.code == "encoding"


def test_a_tab_separates_columns_too() -> None:
    assert len(understood(made([payment()], delimiter="\t"))) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_line_end_and_no_mark(end: str, mark: bytes) -> None:
    body = mark + TEXT.replace("\r\n", end).encode()
    assert len(understood(body)) == 1


def test_blank_lines_and_lines_within_a_note() -> None:
    row = payment(Note='first line\nsecond, "line"')
    [outcome] = understood(b"\n\n" + made([row])[3:] + b"\n,\n\n")[:1]
    assert outcome.line == 2


def test_a_row_with_other_columns_is_puzzling() -> None:
    assert reasons(understood(FILE + b'"only","three","fields"\n')) == ["fields"]
    assert reasons(understood(FILE.replace(b"Credit", b"Credit,,"))) == []


@settings(max_examples=60, deadline=None)
@given(
    damage=st.sampled_from(
        [
            lambda body, at, some: body[:at],
            lambda body, at, some: body[:at] + some + body[at:],
            lambda body, at, some: some + body,
            lambda body, at, some: body[:at] + body[at:].replace(b'"', some),
        ]
    ),
    at=st.integers(0, 2 * len(FILE)),
    some=st.binary(max_size=6) | st.sampled_from([b'"', b",", b"\n", b"\0", b"\xff\xfe"]),
)
def test_any_damage_is_refused_asked_or_puzzling(
    damage: Callable[[bytes, int, bytes], bytes], at: int, some: bytes
) -> None:
    stream = io.BytesIO(damage(made([payment(1), payment(2)]), at, some))
    with suppress(ActivityFileRefused):
        found = survey(stream, Answers())
        if found.is_settled:
            assert len(list(read_rows(stream, found, Answers()))) <= found.rows
    assert not stream.closed


def test_every_column_that_is_needed_is_missed() -> None:
    for name in ("Date", "Type", "Status", "Currency", "Gross", "Transaction ID"):
        assert len(looked(made([payment()], without=name)).missing) == 1
    for name in PLAIN.keys() - {"Date", "Type", "Status", "Currency", "Gross"}:
        assert looked(made([payment()], without=name)).missing == []
