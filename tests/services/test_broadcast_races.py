"""A colleague pauses a mailing while workers send it: nobody is claimed after that."""

import threading
import time
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Delivery
from donations.broadcasts.pump import Mailing
from donations.supporters.models import User
from tests.services.together import at_once
from tests.web.mailings import a_follower, begun

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


@pytest.mark.parametrize("step", [broadcasts.pause, broadcasts.cancel])
def test_nobody_is_claimed_once_it_is_paused(step: Callable[..., bool]) -> None:
    a_follower()
    broadcast = begun(User.objects.create_user("editor@example.org", is_staff=True))
    has_begun = threading.Event()

    def stop() -> int:
        with transaction.atomic():
            step(broadcast=broadcast, at=timezone.now())
            has_begun.set()
            time.sleep(0.3)
        return 0

    def claim() -> int:
        has_begun.wait()
        mailing = Mailing(
            broadcast=broadcast, at=timezone.now(), limit=9, seconds=5, should_stop=lambda: False
        )
        return len(mailing.take(uuid.uuid4(), 9))

    assert at_once(stop, claim) == [0, 0]
    assert Delivery.objects.get().claim is None
