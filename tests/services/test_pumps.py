"""Several runs of the pump over one outbox: each letter leaves once."""

from functools import partial

import pytest
from django.utils import timezone

from donations.outbox import operations as outbox
from donations.outbox.models import Message
from tests.outbox.conftest import AT, CONTEXT
from tests.services.together import at_once
from tests.standins.smtp import SmtpStandin

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LETTERS, PUMPS, ROUNDS = 60, 4, 5


def test_each_letter_leaves_once(smtp: SmtpStandin) -> None:
    for which in range(ROUNDS):
        for number in range(LETTERS):
            outbox.queue(
                key=f"thanks:{which}:{number}",
                kind=Message.Kind.THANKS,
                to=f"reader{number}@example.org",
                language="en",
                context=CONTEXT,
                at=AT,
            )
        pump = partial(outbox.send_due, at=timezone.now())
        assert sum(at_once(*([pump] * PUMPS))) == LETTERS
    assert len(smtp.received) == len({one.body for one in smtp.received}) == ROUNDS * LETTERS
    assert not Message.objects.exclude(state=Message.State.SENT).exists()
