"""Telling the workers that something waits, without making a request wait for the broker."""

import logging
import threading

from kombu.exceptions import OperationalError

from donations import tasks

logger = logging.getLogger(__name__)

# Long enough that a burst of notifications is one message, too short for a person to notice.
DELAY_SECONDS = 0.05

_armed = threading.Lock()


def process_soon() -> None:
    """Have the stored events processed; call it once they are committed.

    Whatever was stored before the message leaves is covered by it, so one is enough. A message
    that is lost, or a broker that is away, costs time only: the sweeper looks at the table.
    """
    if _armed.acquire(blocking=False):
        timer = threading.Timer(DELAY_SECONDS, _tell)
        timer.daemon = True
        timer.start()


def _tell() -> None:
    _armed.release()
    try:
        tasks.process_events.delay()
    except (OperationalError, OSError):
        logger.warning("the broker cannot be reached; the sweeper will find what waits")
