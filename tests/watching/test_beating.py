"""What ran is written down."""

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from donations import tasks
from donations.watching.beating import beating, note
from donations.watching.models import Heartbeat
from donations.watching.queries import TASKS, task_names

pytestmark = pytest.mark.django_db


def test_start_and_end() -> None:
    with beating("sweep"):
        row = Heartbeat.objects.get()
        assert (row.name, row.ended_at) == ("sweep", None)
    row.refresh_from_db()
    assert row.ended_at is not None
    assert row.started_at <= row.ended_at
    assert not row.has_failed


def test_the_second_time_it_is_the_same_row() -> None:
    for _time in range(2):
        with beating("sweep"):
            pass
    assert Heartbeat.objects.count() == 1


def test_what_goes_wrong_goes_on_and_is_kept_until_it_goes_well() -> None:
    with pytest.raises(KeyError), beating("reconcile"):
        raise KeyError("amount")
    row = Heartbeat.objects.get()
    assert row.has_failed
    assert "KeyError: 'amount'" in row.error
    with beating("reconcile"):
        pass
    row.refresh_from_db()
    assert not row.has_failed


def test_tasks_and_queues_have_their_names(settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    tasks.reconcile()
    tasks.pulse("broadcasts")
    tasks.watch()
    names = set(Heartbeat.objects.values_list("name", flat=True))
    assert {"reconcile", "queue:broadcasts", "watch"} <= names


def test_whatever_runs_by_the_clock_is_watched() -> None:
    planned = {
        entry["task"].rpartition(".")[2] for entry in configured.CELERY_BEAT_SCHEDULE.values()
    }
    assert planned - {"pulse"} <= set(TASKS)
    assert set(task_names()) == planned - {"pulse"}
    pulses = [
        entry
        for entry in configured.CELERY_BEAT_SCHEDULE.values()
        if entry["task"].endswith("pulse")
    ]
    assert [entry["args"][0] for entry in pulses] == [entry["options"]["queue"] for entry in pulses]
    assert {entry["args"][0] for entry in pulses} == {q.name for q in configured.CELERY_TASK_QUEUES}


def test_two_workers_at_the_very_first_time() -> None:
    note("sweep", error="")
    note("sweep", error="x")
    assert Heartbeat.objects.get().error == "x"
