"""The health page: queues that nobody reads, tasks that do not run or went wrong."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from donations.models import Heartbeat
from tests.web.desk import text_of
from tests.web.events import PATH

pytestmark = pytest.mark.usefixtures("everything_runs", "hints")


def test_nothing_runs(desk: Client) -> None:
    Heartbeat.objects.update(ended_at=timezone.now() - timedelta(minutes=9))
    page = text_of(desk.get(PATH))
    assert "Nothing runs: notifications are not understood and no mail leaves. since: 9 min" in page
    assert "Start the worker and the beat again" in page
    assert "No worker reads" not in page


def test_nothing_has_run_yet(desk: Client) -> None:
    Heartbeat.objects.all().delete()
    page = text_of(desk.get(PATH))
    assert "Nothing runs" in page
    assert page.count("no worker has answered yet") == 3
    assert "has not run for too long" not in page


def test_a_queue_that_nobody_reads(desk: Client) -> None:
    Heartbeat.objects.filter(name="queue:broadcasts").delete()
    page = text_of(desk.get(PATH))
    assert "No worker reads the queue “mail to many”" in page
    assert "Everything works" not in page


@pytest.mark.parametrize(
    ("name", "ago", "says"),
    [
        ("sweep", timedelta(minutes=6), "“finding what was left behind” has not run"),
        ("sweep", timedelta(minutes=4), "Everything works"),
        ("reconcile", timedelta(hours=25), "Everything works"),
        ("reconcile", timedelta(hours=27), "“asking providers what never arrived” has not run"),
    ],
)
def test_a_task_that_does_not_run(name: str, ago: timedelta, says: str, desk: Client) -> None:
    Heartbeat.objects.filter(name=name).update(ended_at=timezone.now() - ago)
    assert says in text_of(desk.get(PATH))


@pytest.mark.parametrize(("hours", "is_missed"), [(25, False), (27, True)])
def test_a_new_installation_need_not_have_reconciled(
    hours: int, is_missed: bool, desk: Client
) -> None:
    Heartbeat.objects.filter(name="reconcile").delete()
    Heartbeat.objects.update(first_at=timezone.now() - timedelta(hours=hours))
    page = text_of(desk.get(PATH))
    assert ("has not run for too long" in page) == is_missed
    assert ("not due yet" in page) != is_missed


def test_a_task_that_went_wrong(desk: Client) -> None:
    later = timezone.now() + timedelta(seconds=1)
    rows = Heartbeat.objects.filter(name="reconcile")
    rows.update(failed_at=later, error="Traceback\nGatewayUnavailable: <b>away</b>")
    answer = desk.get(PATH)
    assert "“asking providers what never arrived” went wrong" in text_of(answer)
    assert "GatewayUnavailable: &lt;b&gt;away" in answer.content.decode()
    rows.update(ended_at=later + timedelta(seconds=1))
    assert "went wrong when" not in text_of(desk.get(PATH))
