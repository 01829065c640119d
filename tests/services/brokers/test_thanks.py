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
    assert service.stripe.wait_for_deliveries(60)
    assert wait_for(books.nothing_waits), books.waiting()
    service.stop()
    figures = books.check(service)
    assert (figures.payments, figures.second_copies) == (GIFTS, 0)
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
