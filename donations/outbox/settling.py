"""What becomes of a message that was not plainly accepted."""

from datetime import datetime, timedelta
from typing import TypeVar, assert_never

from donations.outbox.models import Sending, SendingQuerySet
from donations.outbox.verdicts import Fate, Verdict

Row = TypeVar("Row", bound=Sending)

MAX_TRIES = 16
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# How long to wait for a late sign before a second copy of what perhaps arrived.
RESEND_AFTER = timedelta(minutes=5)


def settle(
    *, mine: SendingQuerySet[Row], row: Row, verdict: Verdict, error: Exception, at: datetime
) -> None:
    """Write down the verdict about a mail that was on the wire: `mine` is its row."""
    words = said_by(verdict) or described(error, row.address)
    match verdict.fate:
        case Fate.LATER:
            try_later(mine, tries=row.attempts + 1, code=verdict.code, error=words, at=at)
        case Fate.REFUSED:
            mine.mark_failed(smtp_code=verdict.code, error=words)
        case Fate.UNCERTAIN:
            mine.mark_uncertain(next_attempt_at=at + RESEND_AFTER, smtp_code=None, error=words)
        case _:
            assert_never(verdict.fate)


def try_later(
    mine: SendingQuerySet[Row], *, tries: int, code: int | None, error: str, at: datetime
) -> None:
    """Wait twice as long each time, for about two days in all; then give up."""
    if tries >= MAX_TRIES:
        mine.mark_failed(attempts=tries, smtp_code=code, error=error)
        return
    wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    mine.mark_pending(next_attempt_at=at + wait, attempts=tries, smtp_code=code, error=error)


def said_by(verdict: Verdict) -> str:
    """The server's own answer, for staff to read; blank when it gave none."""
    return f"{verdict.code} {verdict.reply}" if verdict.code and verdict.reply else ""


def described(error: Exception, address: str) -> str:
    """The error in words, without the address: servers like to repeat it."""
    words = f"{type(error).__name__}: {error}".replace("\x00", "")
    return words.replace(address, "<address>")[:500]
