"""The task queue inside the one web process, for an installation without a broker.

Two solo workers, one for mail to many, and a beat run as threads of the web process over kombu's in-memory transport. What
is queued dies with the process; the sweeper finds it again in the tables.
"""

import atexit
import fcntl
import logging
import threading
from typing import IO

from celery.beat import Scheduler, Service
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.celery import app
from donations.readiness import EMBEDDED_WORKER

logger = logging.getLogger(__name__)

_held: list[IO[str]] = []


def start() -> None:
    """Start worker and beat. Raises ImproperlyConfigured beside a second web process."""
    hold_the_only_place()
    app.set_default()
    app.finalize()
    beat = Service(app, max_interval=1, scheduler_cls=Scheduler)
    for queue in ("celery", "broadcasts"):
        worker = app.WorkController(
            app=app,
            pool="solo",
            concurrency=1,
            queues=[queue],
            hostname=f"{queue}@embedded",
            without_heartbeat=True,
            without_gossip=True,
            without_mingle=True,
        )
        threading.Thread(target=worker.start, name=EMBEDDED_WORKER, daemon=True).start()
    threading.Thread(
        target=beat.start, kwargs={"embedded_process": True}, name="embedded-beat", daemon=True
    ).start()
    atexit.register(beat.stop)


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
