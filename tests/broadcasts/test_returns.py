"""What is reported about a mail that was sent, and what follows from it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count, permutations

import pytest

from donations.broadcasts import operations
from donations.broadcasts.models import Broadcast, Delivery
from donations.outbox.marks import Queue, mark
from donations.outbox.models import MailEvent, Message, Suppression
from donations.outbox.models.sending import State
from donations.outbox.operations import queue as queue_message
from donations.outbox.reporting import Report, keep
from donations.sections.models import Follow
from donations.supporters.models import User
from tests.broadcasts.conftest import AT, MakeFollower, begin, send
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db
Kind = MailEvent.Kind
Tell = Callable[..., bool]
LATER = AT + timedelta(hours=1)


@pytest.fixture
def delivery(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> Delivery:
    """A mail that was sent."""
    follower(1)
    send(begin(broadcast, editor))
    return Delivery.objects.get()


@pytest.fixture
def tell(delivery: Delivery) -> Tell:
    """A provider reports about that mail, or about another."""
    numbers = count(1)

    def told(kind: Kind, *, then: bool = True, **changes: object) -> bool:
        said = {
            "provider": "postmark",
            "event_id": f"event-{next(numbers)}",
            "mail": mark(Queue.DELIVERY, delivery.pk),
            "email": delivery.email,
            "detail": "550 5.1.1 no such mailbox",
            "at": LATER,
            **changes,
        }
        is_new = keep(report=Report(kind=kind, **said), at=LATER)  # type: ignore[arg-type]
        if then:
            operations.take_note(at=LATER)
        return is_new

    return told


def reasons(email: str = "reader1@example1.org") -> list[str]:
    found = Suppression.objects.filter(email=email).order_by("reason")
    return list(found.values_list("reason", flat=True))


def test_delivered(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.DELIVERED)
    delivery.refresh_from_db()
    assert (delivery.delivered_at, delivery.bounced_at) == (LATER, None)
    assert reasons() == []
    assert not MailEvent.objects.waiting().exists()


def test_a_dead_address_is_left_alone(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.BOUNCED)
    delivery.refresh_from_db()
    assert delivery.bounced_at == LATER
    left_alone = Suppression.objects.get()
    assert (left_alone.email, left_alone.reason) == (delivery.email, "bounced")
    assert (left_alone.source, left_alone.at) == ("postmark", LATER)
    assert left_alone.detail == "550 5.1.1 no such mailbox"


def test_a_complaint_stops_mail_to_many_alone(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.COMPLAINED)
    delivery.refresh_from_db()
    assert delivery.complained_at == LATER
    assert reasons() == ["complained"]
    assert not Suppression.objects.of_everything().exists()


def test_one_refusal_is_a_sign_only(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.REFUSED, detail="552 5.2.2 full")
    delivery.refresh_from_db()
    assert delivery.bounced_at == LATER
    assert reasons() == []


def test_a_mail_that_waits_at_the_receiver_says_nothing(tell: Tell, delivery: Delivery) -> None:
    for _each in range(9):
        tell(Kind.DEFERRED)
    delivery.refresh_from_db()
    assert (delivery.delivered_at, delivery.bounced_at) == (None, None)
    assert reasons() == []


def test_unsubscribed_at_the_provider_ends_the_follows(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.UNSUBSCRIBED)
    delivery.refresh_from_db()
    assert delivery.unsubscribed_at is not None
    assert not Follow.objects.active().exists()
    assert reasons() == []


def test_whoever_asked_anew_since_then_stays(tell: Tell, delivery: Delivery) -> None:
    Follow.objects.update(asked_at=LATER + timedelta(seconds=1))
    tell(Kind.UNSUBSCRIBED)
    assert Follow.objects.active().exists()


def test_the_same_report_the_second_time(tell: Tell, delivery: Delivery) -> None:
    assert tell(Kind.BOUNCED, event_id="x")
    Suppression.objects.all().delete()
    assert not tell(Kind.BOUNCED, event_id="x")
    assert reasons() == []


def test_without_an_id_what_it_says_tells_it_apart(tell: Tell) -> None:
    assert tell(Kind.DELIVERED, event_id="")
    assert not tell(Kind.DELIVERED, event_id="")
    assert tell(Kind.DELIVERED, event_id="", at=LATER + timedelta(seconds=1))
    assert tell(Kind.BOUNCED, event_id="")


def test_of_two_providers_each_has_its_own_numbers(tell: Tell) -> None:
    assert tell(Kind.DELIVERED, event_id="7")
    assert tell(Kind.DELIVERED, event_id="7", provider="resend")


@pytest.mark.parametrize(
    "order", list(permutations((Kind.DELIVERED, Kind.BOUNCED, Kind.COMPLAINED)))
)
def test_any_order(order: tuple[Kind, ...], tell: Tell, delivery: Delivery) -> None:
    for kind in order:
        tell(kind)
    delivery.refresh_from_db()
    assert delivery.delivered_at == delivery.bounced_at == delivery.complained_at == LATER
    assert reasons() == ["bounced", "complained"]


def test_the_first_time_stands(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.DELIVERED)
    tell(Kind.DELIVERED, at=LATER + timedelta(days=1))
    delivery.refresh_from_db()
    assert delivery.delivered_at == LATER


def test_the_message_id_names_the_mail_too(tell: Tell, delivery: Delivery) -> None:
    message_id = f"<broadcast.{delivery.broadcast_id}.{delivery.pk}@footnote.test>"
    tell(Kind.BOUNCED, mail="", message_id=message_id)
    assert reasons() == ["bounced"]


def test_an_address_may_be_spelled_otherwise(tell: Tell, delivery: Delivery) -> None:
    tell(Kind.BOUNCED, email=delivery.email.upper())
    assert reasons() == ["bounced"]


def test_a_domain_may_be_told_in_ascii(tell: Tell, delivery: Delivery) -> None:
    Delivery.objects.update(email="ana@țară.example")
    tell(Kind.BOUNCED, email=f"ana@{'țară.example'.encode('idna').decode()}")
    assert reasons("ana@țară.example") == ["bounced"]


@pytest.mark.parametrize(
    "changes",
    [
        {"mail": ""},
        {"mail": "", "message_id": "<broadcast.1.999999@footnote.test>"},
        {"mail": "", "message_id": "<thanks.00000000000000000000000000000000@footnote.test>"},
        {"mail": "", "message_id": "<somebody@else.example>"},
        {"mail": "delivery:999999"},
        {"mail": "delivery:99999999999999999999999"},
        {"mail": "donation:1"},
        {"email": "somebody.else@example.org"},
    ],
)
@pytest.mark.parametrize("kind", [Kind.BOUNCED, Kind.COMPLAINED, Kind.UNSUBSCRIBED, Kind.DELIVERED])
def test_what_is_told_of_other_mail_is_kept_and_harmless(
    kind: Kind, changes: dict[str, str], tell: Tell, delivery: Delivery
) -> None:
    tell(kind, **changes)
    assert MailEvent.objects.filter(processed_at__isnull=False).count() == 1
    delivery.refresh_from_db()
    assert (delivery.delivered_at, delivery.bounced_at, delivery.complained_at) == (None,) * 3
    assert not Suppression.objects.exists()
    assert Follow.objects.active().exists()


def test_a_mail_that_never_left_says_nothing(tell: Tell, delivery: Delivery) -> None:
    Delivery.objects.update(state=State.EXCLUDED, reason="stopped", sent_at=None, attempts=0)
    tell(Kind.BOUNCED)
    assert reasons() == []


def test_what_was_told_of_a_mail_was_sent(tell: Tell, delivery: Delivery) -> None:
    Delivery.objects.update(state=State.UNCERTAIN, sent_at=None)
    tell(Kind.DELIVERED)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == (State.SENT, LATER)


def test_of_a_supporter_who_is_forgotten(tell: Tell, delivery: Delivery) -> None:
    Delivery.objects.update(supporter=None)
    tell(Kind.UNSUBSCRIBED)
    tell(Kind.BOUNCED)
    assert reasons() == ["bounced"]


def test_of_a_receipt(tell: Tell, delivery: Delivery, smtp: SmtpStandin) -> None:
    message = queue_message(
        key="confirm:1",
        kind=Message.Kind.CHOICES_LINK,
        to=delivery.email,
        language="en",
        context={"choices_url": "https://give.example.org/"},
        at=AT,
    )
    Message.objects.update(state=State.UNCERTAIN, attempts=1)
    tell(Kind.DELIVERED, mail="", message_id=f"<choices_link.{message.token.hex}@footnote.test>")
    message.refresh_from_db()
    assert message.state == State.SENT, "so no second copy is sent"
    tell(Kind.UNSUBSCRIBED, mail=mark(Queue.MESSAGE, message.pk))
    assert not Follow.objects.active().exists()
    tell(Kind.BOUNCED, mail=mark(Queue.MESSAGE, message.pk))
    assert reasons() == ["bounced"]


def test_many_at_once_are_done_in_parts(tell: Tell) -> None:
    for _each in range(5):
        tell(Kind.DELIVERED, then=False)
    assert [operations.take_note(at=LATER, limit=3) for _each in range(3)] == [3, 2, 0]
