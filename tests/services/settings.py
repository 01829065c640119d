"""The settings in force, on a queue of this run's own and with a sweeper in more of a hurry.

The broker may serve others as well: neither their tasks nor their workers' answers are ours.
"""

import os

from config.settings import *  # noqa: F403
from config.settings import CELERY_BEAT_SCHEDULE

CELERY_TASK_DEFAULT_QUEUE = os.environ["FOOTNOTE_TEST_QUEUE"]
CELERY_CONTROL_EXCHANGE = f"{CELERY_TASK_DEFAULT_QUEUE}-control"
CELERY_EVENT_EXCHANGE = f"{CELERY_TASK_DEFAULT_QUEUE}-events"
CELERY_BEAT_SCHEDULE = CELERY_BEAT_SCHEDULE | {
    "sweep": {"task": "donations.tasks.sweep", "schedule": 3.0, "options": {"expires": 3.0}}
}
