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
_armed_for_reports = threading.Lock()


def process_soon() -> None:
    """Have the stored events processed; call it once they are committed.

    Whatever was stored before the message leaves is covered by it, so one is enough. A message
    that is lost, or a broker that is away, costs time only: the sweeper looks at the table.
    """
    _tell_in_a_moment(_armed, tasks.process_events)


def note_soon() -> None:
    """Have reports about our mail acted on, likewise."""
    _tell_in_a_moment(_armed_for_reports, tasks.note_returns)


def import_soon() -> None:
    """Have the activity files worked on that staff handed in; call it once they are committed."""
    threading.Thread(target=_tell, args=[tasks.import_activity], daemon=True).start()


def compare_soon() -> None:
    """Have the days compared that were asked for; call it once that is committed."""
    threading.Thread(target=_tell, args=[tasks.compare], daemon=True).start()


def export_soon() -> None:
    """Have lists written to files; call it once they are asked for."""
    threading.Thread(target=_tell, args=[tasks.write_exports], daemon=True).start()


def broadcast_soon() -> None:
    """Have broadcasts begun or resumed; call it once that is committed."""
    threading.Thread(target=_tell, args=[tasks.send_broadcasts], daemon=True).start()


def poll_soon() -> None:
    """Have the feeds asked that are due; call it once that is committed."""
    threading.Thread(target=_tell, args=[tasks.poll_feeds], daemon=True).start()


def forget_soon() -> None:
    """Have providers forget whom we have erased; call it once that is committed."""
    threading.Thread(target=_tell, args=[tasks.forget_at_providers], daemon=True).start()


def mail_soon() -> None:
    """Have queued mail sent; call it once it is committed."""
    threading.Thread(target=_tell, args=[tasks.send_mail], daemon=True).start()


def _tell_in_a_moment(armed: threading.Lock, task: "Task[[], None]") -> None:
    def tell() -> None:
        armed.release()
        _tell(task)

    if armed.acquire(blocking=False):
        timer = threading.Timer(DELAY_SECONDS, tell)
        timer.daemon = True
        timer.start()


def _tell(task: "Task[[], None]") -> None:
    try:
        task.delay()
    except (OperationalError, OSError):
        logger.warning("the broker cannot be reached; the sweeper will find what waits")
