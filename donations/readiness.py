"""Whether the parts that this service stands on answer."""

import threading

from celery import current_app
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError

SECONDS = 2
EMBEDDED_WORKER = "embedded-worker"


def look() -> dict[str, bool]:
    """`database`, `queue` and `workers`, each True when it answers within a few seconds."""
    queue = queue_answers()
    return {
        "database": database_answers(),
        "queue": queue,
        "workers": queue and workers_answer(),
    }


def database_answers() -> bool:
    """One trivial query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def queue_answers() -> bool:
    """A connection to the broker."""
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=SECONDS)
    except (OperationalError, OSError):
        return False
    return True


def workers_answer() -> bool:
    """At least one worker says pong; the embedded one is too busy to speak while it works."""
    if any(thread.name == EMBEDDED_WORKER for thread in threading.enumerate()):
        return True
    try:
        return bool(current_app.control.inspect(timeout=SECONDS, limit=1).ping())
    except (OperationalError, OSError):
        return False
