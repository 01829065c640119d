"""A mail of text and HTML as the bytes that go over the wire.

Building Python's MIME objects and flattening them again costs more than rendering the templates
and sending together. This writes what they would, around a boundary that nobody can have written
before; a test holds the two against each other.
"""

from collections.abc import Iterable
from email.policy import compat32
from functools import lru_cache
from uuid import uuid4

from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT, forbid_multi_line_headers

# RFC 5322, 2.1.1: lines of a header should be no longer than this.
LINE = 78


def alternatives(headers: Iterable[tuple[str, str]], text: str, html: str) -> bytes:
    """The whole message, with its lines ended as SMTP wants them."""
    boundary = f"={uuid4().hex[:24]}="
    content_type = f'multipart/alternative; boundary="{boundary}"'
    pieces = [header(name, value) for name, value in headers]
    pieces += ["MIME-Version: 1.0\n", header("Content-Type", content_type), "\n"]
    pieces += [f"--{boundary}\n{part('plain', text)}\n", f"--{boundary}\n{part('html', html)}\n"]
    whole = "".join([*pieces, f"--{boundary}--\n"])
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()


def part(subtype: str, content: str) -> str:
    """One alternative."""
    encoding = "7bit" if content.isascii() else "8bit"
    kind = f'Content-Type: text/{subtype}; charset="utf-8"'
    return f"{kind}\nMIME-Version: 1.0\nContent-Transfer-Encoding: {encoding}\n\n{content}"


@lru_cache(maxsize=256)
def header(name: str, value: str) -> str:
    """One header, encoded and folded; raises BadHeaderError (a ValueError) on a line break."""
    name, value = forbid_multi_line_headers(name, value, "utf-8")
    line = f"{name}: {value}\n"
    return line if len(line) <= LINE else compat32.fold(name, value)


def has_long_lines(content: str) -> bool:
    """Whether a line is longer than SMTP allows, and has to be written in another way."""
    return any(
        len(line.encode()) > RFC5322_EMAIL_LINE_LENGTH_LIMIT for line in content.splitlines()
    )
