"""Everything is up: a gift is recorded and thanked for, and a missing worker is noticed."""

import pytest

from tests.services import books
from tests.services.processes import wait_for
from tests.services.service import Service

pytestmark = pytest.mark.services
GIFTS = 8


def test_each_gift_is_recorded_and_thanked_for_once(service: Service) -> None:
    for number in range(GIFTS):
        service.pay(service.open_page(number))
    assert wait_for(lambda: len(service.smtp.received) >= GIFTS)
    books.settle(service)
    service.stop()
    assert books.check(service) == {"paid": GIFTS, "second copies": 0}
    addresses = {f"reader{number}@example.org" for number in range(GIFTS)}
    assert set(service.smtp.addresses()) == addresses


def test_readiness_names_the_workers_when_they_are_gone(service: Service) -> None:
    ready = service.asked("/readyz")
    assert ready is not None
    assert ready.json()["workers"] == "ok"
    service.worker.kill()
    missing = service.asked("/readyz")
    assert missing is not None
    assert missing.status_code == 503
    assert missing.json()["workers"] == "no answer"
    assert missing.json()["queue"] == missing.json()["database"] == "ok"
    service.worker.start()
    assert wait_for(service.is_ready)
