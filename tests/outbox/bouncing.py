"""Bounces as they were written elsewhere, about a mail of ours."""

from pathlib import Path

from donations.seals import seal

PAYLOADS = Path(__file__).parent / "payloads" / "dsn"
ADDRESS = "bounces@news.example.org"
READER = "reader@example.org"


def verp(number: int = 7, *, purpose: str = "bounce-message") -> str:
    """Where a bounce of this mail goes."""
    local, _at, domain = ADDRESS.partition("@")
    return f"{local}+{seal(number, purpose=purpose)}@{domain}"


def bounce(name: str, *, to: str = "", leave: int = 7) -> bytes:
    """One of the payload files, about message 7 unless it comes `to` another address."""
    raw = (PAYLOADS / f"{name}.eml").read_bytes()
    raw = raw.replace(b"@BOUNCE@", (to or verp()).encode())
    return raw.replace(b"@LEAVE@", seal(leave, purpose="unsubscribe").encode())
