"""Which task lies in which queue."""

import pytest

from config.celery import app


def test_no_two_queues_get_the_same_tasks() -> None:
    bindings = [(queue.exchange.name, queue.routing_key) for queue in app.amqp.queues.values()]
    assert len(set(bindings)) == len(bindings) == 3


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("send_mail", "celery"),
        ("sweep", "celery"),
        ("send_broadcasts", "broadcasts"),
        ("poll_feeds", "outside"),
        ("read_bounces", "outside"),
        ("write_exports", "outside"),
    ],
)
def test_it_works(task: str, queue: str) -> None:
    route = app.amqp.router.route({}, f"donations.tasks.{task}")
    assert route["queue"].name == queue
    assert route["queue"].routing_key == queue
