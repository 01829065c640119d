"""Telling the workers that something waits, without making a request wait for the broker."""

import logging
import threading

from celery import Task
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
        timer = threading.Timer(DELAY_SECONDS, _tell_of_events)
        timer.daemon = True
        timer.start()


def import_soon() -> None:
    """Have the activity files worked on that staff handed in; call it once they are committed."""
    threading.Thread(target=_tell, args=[tasks.import_activity], daemon=True).start()


def broadcast_soon() -> None:
    """Have broadcasts begun or resumed; call it once that is committed."""
    threading.Thread(target=_tell, args=[tasks.send_broadcasts], daemon=True).start()


def mail_soon() -> None:
    """Have queued mail sent; call it once it is committed."""
    threading.Thread(target=_tell, args=[tasks.send_mail], daemon=True).start()


def _tell_of_events() -> None:
    _armed.release()
    _tell(tasks.process_events)


def _tell(task: "Task[[], None]") -> None:
    try:
        task.delay()
    except (OperationalError, OSError):
        logger.warning("the broker cannot be reached; the sweeper will find what waits")
