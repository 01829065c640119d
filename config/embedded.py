"""The task queue inside the one web process, for an installation without a broker.

A solo worker for each queue and a beat run as threads of the web process over
kombu's in-memory transport. What is queued dies with the process; the sweeper finds it again in
the tables.
"""

import atexit
import fcntl
import logging
import threading
from typing import IO

from celery import Celery
from celery.beat import Scheduler, Service
from celery.worker import WorkController
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.celery import app
from donations.readiness import EMBEDDED_WORKER

logger = logging.getLogger(__name__)

_held: list[IO[str]] = []


def start() -> None:
    """Start workers and beat. Raises ImproperlyConfigured beside a second web process."""
    hold_the_only_place()
    app.set_default()
    for queue in settings.CELERY_TASK_QUEUES:
        threading.Thread(
            target=worker_of(queue.name).start, name=EMBEDDED_WORKER, daemon=True
        ).start()
    beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
    threading.Thread(
        target=beat.start, kwargs={"embedded_process": True}, name="embedded-beat", daemon=True
    ).start()
    atexit.register(beat.stop)


def worker_of(queue: str) -> WorkController:
    """A worker of one queue; which queues are read belongs to an app, so each has its own."""
    own = Celery(f"{app.main}-{queue}", set_as_current=False)
    own.config_from_object("django.conf:settings", namespace="CELERY")
    own.finalize()
    return own.WorkController(
        app=own,
        pool="solo",
        concurrency=1,
        queues=[queue],
        hostname=f"{queue}@embedded",
        without_heartbeat=True,
        without_gossip=True,
        without_mingle=True,
    )


def hold_the_only_place() -> None:
    """One web process alone may carry the queue: a second would run every schedule twice.

    The lock is the operating system's, so it ends with the process, killed or not.
    """
    settings.VAR_DIR.mkdir(exist_ok=True)
    place = (settings.VAR_DIR / "embedded-queue.lock").open("w")
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        place.close()
        raise ImproperlyConfigured(
            "The embedded task queue runs in another web process already. "
            "Set CELERY_BROKER_URL to serve with more than one."
        ) from None
    _held.append(place)
