"""Whatever is killed, emptied or cut off: no gift is lost, none counts twice, all are thanked."""

import random
import time
from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.services import books, databases
from tests.services.brokers.crowd import Crowd
from tests.services.brokers.queues import Queues
from tests.services.processes import wait_for
from tests.services.service import Service

pytestmark = pytest.mark.services
RecordProperty: TypeAlias = Callable[[str, object], None]

ONCE, MONTHLY = 40, 10
# Every second time the whole worker, else one of its children.
KILLS_OF_WORKERS, KILLS_OF_WEB = 16, 5
AWAY_SECONDS = 2.0


@pytest.fixture
def crowd(service: Service) -> Crowd:
    """Readers with their payment pages open; the subscriptions have begun."""
    readers = Crowd(service)
    readers.come(once=ONCE, monthly=MONTHLY)
    # Stripe goes on for three days; here it is a minute and a half.
    service.stripe.courier.retry_delays = (0.5,) * 180
    return readers


def check_all(crowd: Crowd, record: RecordProperty) -> None:
    """Let the service settle, stop it, let hours pass, compare; keep the figures."""
    books.settle(crowd.service)
    crowd.service.stop()
    books.hours_pass()
    figures = books.check(crowd.service)
    assert figures.payments == crowd.paid
    record("figures", str(figures))


def test_the_worker_is_killed_again_and_again(
    service: Service, crowd: Crowd, record_property: RecordProperty
) -> None:
    gifts = crowd.gifts()
    for number in range(KILLS_OF_WORKERS):
        for gift in gifts[number::KILLS_OF_WORKERS]:
            gift()
        # A letter in hand is where it hurts.
        assert wait_for(lambda: is_mailing(service), seconds=60, every=0.005)
        time.sleep(random.uniform(0.0, 0.3))
        if number % 2 == 0:
            assert wait_for(service.worker.kill_a_child)
        else:
            service.worker.kill()
            assert wait_for(lambda: not service.smtp.sessions)
    assert wait_for(lambda: is_mailing(service) or books.nothing_is_due(), seconds=60)
    check_all(crowd, record_property)


def is_mailing(service: Service) -> bool:
    """Whether a letter is on its way now.

    A worker that is gone is started again, as its supervisor does: Celery gives up altogether
    when a child is lost while it starts.
    """
    if not service.worker.is_alive:
        service.worker.start()
    return bool(service.smtp.sessions)


def test_the_web_is_killed_while_stripe_sends(
    service: Service, crowd: Crowd, record_property: RecordProperty
) -> None:
    giving = crowd.give(seconds=15)
    for _kill in range(KILLS_OF_WEB):
        assert wait_for(service.is_up)
        time.sleep(random.uniform(0.0, 1.0))
        service.web.kill()
        service.web.start()
    giving.join()
    assert wait_for(service.is_up)
    check_all(crowd, record_property)


def test_the_broker_loses_everything(
    service: Service, crowd: Crowd, queues: Queues, record_property: RecordProperty
) -> None:
    assert wait_for(books.nothing_waits), books.waiting()
    service.worker.kill()
    giving = crowd.give(seconds=3)
    giving.join()
    assert service.stripe.wait_for_deliveries(60)
    assert queues.waiting() > 0
    queues.lose_everything()
    service.worker.start()
    # Nothing but the sweeper knows of these gifts now.
    assert wait_for(books.nothing_waits, seconds=60), books.waiting()
    check_all(crowd, record_property)


def test_the_database_goes_away_for_a_while(
    service: Service, crowd: Crowd, database: str, record_property: RecordProperty
) -> None:
    giving = crowd.give(seconds=8)
    time.sleep(2)
    assert databases.be_away(database, seconds=AWAY_SECONDS)
    giving.join()
    books.settle(service)
    assert databases.end_connections(database)
    # Nobody may meet a connection that died while it lay in a pool.
    answers = [service.submit(number, interval="year").status_code for number in range(8)]
    assert answers == [303] * 8
    check_all(crowd, record_property)
