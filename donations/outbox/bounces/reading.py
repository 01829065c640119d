"""Reading the bounce mailbox: each message once, as far as a run's time goes."""

import logging
import time
from collections import Counter
from datetime import datetime

from django.conf import settings

from donations.outbox.bounces.mailbox import BounceBox, Trouble, opened
from donations.outbox.bounces.understanding import understood
from donations.outbox.reporting import Report, keep

logger = logging.getLogger(__name__)

Tally = Counter[str]
KEPT, KNOWN, UNREADABLE = "kept", "known", "unreadable"


def read(*, at: datetime, limit: int = 500, seconds: float = 20.0) -> Tally:
    """Keep what is reported, put each message aside; counts them by what became of them.

    Must not be called inside a transaction. Killed anywhere, it reads a message again and keeps
    nothing twice.
    """
    tally = Tally()
    if not settings.BOUNCE_MAILBOX_URL:
        return tally
    try:
        with opened(settings.BOUNCE_MAILBOX_URL) as box:
            empty(box, tally, at=at, limit=limit, until=time.monotonic() + seconds)
    except Trouble as error:
        logger.error("the bounce mailbox cannot be read: %s", type(error).__name__)
    if tally:
        logger.info("bounce mailbox: %s", ", ".join(f"{n} {what}" for what, n in tally.items()))
    return tally


def empty(box: BounceBox, tally: Tally, *, at: datetime, limit: int, until: float) -> None:
    """One message after the other."""
    for uid in box.waiting()[:limit]:
        if time.monotonic() > until:
            break
        raw = box.message(uid)
        if not raw:
            continue
        became = take(raw, at=at)
        tally[became] += 1
        if became == UNREADABLE:
            box.leave(uid)
        else:
            box.put_aside(uid)


def take(raw: bytes, *, at: datetime) -> str:
    """Keep what one message reports; says what became of it."""
    try:
        said = understood(raw)
    except Exception as error:  # noqa: BLE001  whatever somebody sends there must stop nothing
        logger.warning("a message in the bounce mailbox is unreadable: %s", type(error).__name__)
        return UNREADABLE
    if isinstance(said, Report):
        return KEPT if keep(report=said, at=at) else KNOWN
    return said.value
