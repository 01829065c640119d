"""Thousands at one domain that refuses us: it rests, the others get theirs, nobody is lost."""

from datetime import datetime, timedelta

import pytest

from donations.broadcasts.models import Broadcast, Delivery
from donations.outbox.limits import TROUBLES_TO_REST
from donations.outbox.models import Domain, Suppression
from donations.outbox.models.sending import State as Mail
from donations.sections.models import Section
from donations.supporters.models import User
from tests.broadcasts.conftest import begin, send, states
from tests.broadcasts.crowds import come
from tests.standins.smtp import Fault, SmtpStandin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
OTHERS = 30


@pytest.fixture(params=[60, pytest.param(10_000, marks=pytest.mark.services)])
def refused(request: pytest.FixtureRequest, section: Section) -> int:
    """How many are at the domain; the others are elsewhere, and after them on the list."""
    count = int(request.param)
    come(count, domain="refuses.example", section=section)
    come(OTHERS, domain="takes.example", section=section)
    return count


@pytest.mark.parametrize("code", [451, 550])
def test_it_rests_and_is_given_up_in_the_end(
    code: int, refused: int, broadcast: Broadcast, editor: User, smtp: SmtpStandin, at: datetime
) -> None:
    for number in range(refused):
        smtp.fails(f"reader{number}@refuses.example", *[Fault("rcpt", code)] * 20)
    begin(broadcast, editor)
    send(broadcast)
    assert sorted(set(smtp.addresses())) == sorted(
        f"reader{n}@takes.example" for n in range(OTHERS)
    )
    assert broadcast.state == Broadcast.State.SENDING, "one domain's refusals stop nobody else's"
    assert tried() == TROUBLES_TO_REST, "the rest are not even asked"
    for hours in (1, 3, 6, 12, 24, 48, 71):
        send(broadcast, at + timedelta(hours=hours))
        assert sum(states(broadcast).values()) == broadcast.recipient_count
    assert tried() < 60
    send(broadcast, at + timedelta(hours=73))
    assert broadcast.state == Broadcast.State.FINISHED
    assert states(broadcast) == {Mail.SENT: OTHERS, Mail.FAILED: refused}
    assert len(smtp.received) == OTHERS
    assert not Suppression.objects.exists(), "a domain's dislike makes no address dead"


def test_when_it_takes_mail_again_everybody_gets_it(
    refused: int, broadcast: Broadcast, editor: User, smtp: SmtpStandin, at: datetime
) -> None:
    for number in range(refused):
        smtp.fails(f"reader{number}@refuses.example", Fault("rcpt", 451))
    begin(broadcast, editor)
    send(broadcast)
    smtp.faults.clear()
    for minutes in (30, 60):
        send(broadcast, at + timedelta(minutes=minutes))
    assert states(broadcast) == {Mail.SENT: OTHERS + refused}
    assert len(set(smtp.addresses())) == len(smtp.addresses()) == OTHERS + refused
    assert Domain.objects.get(name="refuses.example").troubles == 0


def tried() -> int:
    """How many at the domain were asked for."""
    there = Delivery.objects.filter(email__endswith="@refuses.example")
    return there.filter(attempts__gt=0).count()
