"""The same message again while PayPal is still being asked about the first."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from donations.webhooks.operations import process_due
from tests.paypalroom import PayPalRoom, sample

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def asking(paypal_room: PayPalRoom) -> Iterator[threading.Thread]:
    """A worker that waits for an answer which comes a letter at a time."""
    verifier = paypal_room.paypal.verifier
    verifier.mode, verifier.drip_seconds = "drip", 0.02
    body = paypal_room.paypal.sign(sample("donate_completed"))
    assert paypal_room.post(body) == 200

    def work() -> None:
        process_due(at=timezone.now())
        connection.close()
        if connection.connection is not None:  # Django leaves a database in memory open
            connection.connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    while not verifier.asked:
        worker.join(0.01)
    yield worker
    worker.join()


def test_the_second_is_acknowledged_and_nobody_asks_twice(
    paypal_room: PayPalRoom, asking: threading.Thread
) -> None:
    body = sample("donate_completed")
    assert paypal_room.post(body) == 200
    assert process_due(at=timezone.now()) == 0, "the first worker has it"
    asking.join()
    paypal_room.settle()

    assert len(paypal_room.donations()) == 1
    assert paypal_room.paypal.asked == {body: 1}
    assert paypal_room.letters() == ["thanks"]
    paypal_room.check_books()
