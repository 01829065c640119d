"""The settings in force, on a queue of this run's own and with a sweeper in more of a hurry.

The broker may serve others as well: neither their tasks nor their workers' answers are ours.
"""

import os

from kombu import Queue

from config.settings import *  # noqa: F403
from config.settings import CELERY_BEAT_SCHEDULE, CELERY_TASK_QUEUES, CELERY_TASK_ROUTES
from tests.services.brokers.queues import own_name

CELERY_TASK_DEFAULT_QUEUE = os.environ["FOOTNOTE_TEST_QUEUE"]
CELERY_TASK_QUEUES = [
    Queue(name, routing_key=name)
    for name in (own_name(each.name, CELERY_TASK_DEFAULT_QUEUE) for each in CELERY_TASK_QUEUES)
]
CELERY_TASK_ROUTES = {
    task: {"queue": own_name(route["queue"], CELERY_TASK_DEFAULT_QUEUE)}
    for task, route in CELERY_TASK_ROUTES.items()
}
CELERY_CONTROL_EXCHANGE = f"{CELERY_TASK_DEFAULT_QUEUE}-control"
CELERY_EVENT_EXCHANGE = f"{CELERY_TASK_DEFAULT_QUEUE}-events"
CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    "sweep": {"task": "donations.tasks.sweep", "schedule": 3.0, "options": {"expires": 3.0}}
}
