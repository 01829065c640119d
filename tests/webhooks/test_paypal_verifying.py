"""Asking PayPal whether it sent a message: whatever it answers, nothing is lost and none forged."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from donations.gateways.base import Notification
from donations.gateways.paypal import postback
from donations.giving.models import Donation
from donations.money import Money
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import keep, process_due
from tests.paypalroom import PayPalRoom, sample

TEN = Money(1000, "EUR")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second instead of ten and twenty."""
    monkeypatch.setattr(postback, "PATIENCE", (0.1, 0.1))
    monkeypatch.setattr(postback, "MOST_SECONDS", 0.05)


@pytest.fixture
def asked_hosts(monkeypatch: pytest.MonkeyPatch) -> set[Any]:
    """Every address to which a connection was opened."""
    addresses: set[Any] = set()
    connect = socket.socket.connect

    def recording(self: socket.socket, address: Any) -> None:
        addresses.add(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", recording)
    return addresses


def place_of(room: PayPalRoom) -> tuple[str | None, int | None]:
    """Where the verifier is."""
    parts = urlsplit(room.paypal.base_url)
    return parts.hostname, parts.port


def event() -> InboundEvent:
    return InboundEvent.objects.get()


UNCLEAR = ("error", "html", "redirect", "empty", "huge", "drip", "stall", "hang_up")


@pytest.mark.parametrize("mode", UNCLEAR)
def test_anything_but_an_answer_is_no_answer(
    paypal_room: PayPalRoom, mode: str, asked_hosts: set[Any]
) -> None:
    verifier = paypal_room.paypal.verifier
    verifier.mode, verifier.drip_seconds = mode, 0.02
    body = paypal_room.paypal.sign(sample("donate_completed"))
    assert paypal_room.post(body) == 200
    process_due(at=timezone.now())
    assert paypal_room.post(body) == 200, "PayPal sends it again meanwhile"

    assert event().state == "pending"
    assert "GatewayUnavailable" in event().error
    assert not Donation.objects.exists()
    assert verifier.followed == 0
    assert asked_hosts == {place_of(paypal_room)}

    verifier.mode = "compare"
    paypal_room.settle()
    assert paypal_room.post(body) == 200
    paypal_room.settle()
    assert (event().state, event().error) == ("done", "")
    assert paypal_room.donations() == [TEN]
    assert paypal_room.letters() == ["thanks"]
    paypal_room.check_books()


def test_a_verifier_that_is_not_there(paypal_room: PayPalRoom, settings: Any) -> None:
    paypal_room.post(paypal_room.paypal.sign(sample("donate_completed")))
    there, settings.PAYPAL_IPN_VERIFY_URL = settings.PAYPAL_IPN_VERIFY_URL, "http://127.0.0.1:9/"
    process_due(at=timezone.now())
    assert event().state == "pending"

    settings.PAYPAL_IPN_VERIFY_URL = there
    paypal_room.settle()
    assert paypal_room.donations() == [TEN]


def test_a_forged_message_is_kept_and_gives_nothing(paypal_room: PayPalRoom) -> None:
    paypal_room.post(sample("donate_completed", mc_gross="1000000.00"))
    paypal_room.settle()

    assert (event().state, event().facts) == ("rejected", [])
    assert not Donation.objects.exists()
    assert paypal_room.balance() == {}
    assert paypal_room.letters() == []


def test_a_forged_message_does_not_stand_in_the_way_of_the_true_one(
    paypal_room: PayPalRoom,
) -> None:
    paypal_room.post(sample("donate_completed", mc_gross="1000000.00"))
    paypal_room.settle()
    paypal_room.happen("donate_completed")
    paypal_room.finish()

    assert paypal_room.states() == ["rejected", "done"]
    assert paypal_room.donations() == [TEN]


def test_the_same_bytes_are_asked_about_again_when_they_come_again(
    paypal_room: PayPalRoom,
) -> None:
    body = sample("donate_completed")
    paypal_room.post(body)
    paypal_room.settle()
    assert event().state == "rejected"

    paypal_room.paypal.sign(body)
    paypal_room.settle()
    assert event().state == "rejected", "nobody sent it again"

    assert paypal_room.post(body) == 200
    paypal_room.finish()
    assert event().state == "done"
    assert paypal_room.donations() == [TEN]
    assert paypal_room.paypal.asked == {body: 2}


def test_what_was_confirmed_once_is_not_asked_about_again(paypal_room: PayPalRoom) -> None:
    refund = paypal_room.happen("refund_full")
    assert event().attempts > 1
    assert paypal_room.paypal.asked == {refund: 1}

    paypal_room.happen("donate_completed")
    paypal_room.finish()
    assert paypal_room.paypal.asked[refund] == 1


def test_nobody_but_the_verifier_is_ever_asked(
    paypal_room: PayPalRoom, asked_hosts: set[Any]
) -> None:
    evil = {
        "notify_url": "http://evil.example/",
        "receiver_email": "gifts@example.org",
        "cert_url": "https://api.paypal.com.evil.example/cert",
        "verify_sign": "http://evil.example/@www.paypal.com",
        "item_name": "http://169.254.169.254/",
    }
    paypal_room.happen("donate_completed", **evil)
    paypal_room.happen("donate_completed", test_ipn="1", txn_id="4AB00001XX0000009")

    assert asked_hosts == {place_of(paypal_room)}


def test_what_has_to_be_asked_about_holds_up_nothing_that_is_certain(
    paypal_room: PayPalRoom,
) -> None:
    for number in range(5):
        paypal_room.post(sample("donate_completed", txn_id=f"FORGED{number}"))
    row = {"kind": "payment", "ref": "4AB00001XX0000009", "gross": [500, "EUR"]}
    certain = Notification(event_id="activity:1", kind="activity.row")
    body = json.dumps(row | {"at": "2026-11-20T12:00:00+00:00"}).encode()
    keep(gateway="paypal", notification=certain, body=body, at=timezone.now())

    process_due(at=timezone.now(), limit=1)
    assert paypal_room.donations() == [Money(500, "EUR")]
    assert paypal_room.paypal.asked == {}
