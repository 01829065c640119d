"""Everything is up: a gift is recorded and thanked for, and a missing worker is noticed."""

import pytest

from tests.services import books
from tests.services.processes import wait_for
from tests.services.service import Service

pytestmark = pytest.mark.services
GIFTS = 8


def test_a_gift_is_thanked_for_once_and_a_missing_worker_is_named(service: Service) -> None:
    for number in range(GIFTS):
        service.pay(service.open_page(number))
    assert service.stripe.wait_for_deliveries(60)
    assert wait_for(books.nothing_waits), books.waiting()
    figures = books.check(service)
    assert (figures.payments, figures.second_copies) == (GIFTS, 0)
    assert set(service.smtp.addresses()) == {f"reader{n}@example.org" for n in range(GIFTS)}
    assert readiness(service) == (200, "ok", "ok", "ok", "ok")
    service.worker.kill()
    assert readiness(service) == (503, "not ready", "ok", "ok", "no answer")
    service.worker.start()
    assert wait_for(service.is_ready)


def readiness(service: Service) -> tuple[int, str, str, str, str]:
    """What /readyz says of the whole, the database, the queue and the workers."""
    answer = service.asked("/readyz")
    assert answer is not None
    said = answer.json()
    return answer.status_code, said["status"], said["database"], said["queue"], said["workers"]
